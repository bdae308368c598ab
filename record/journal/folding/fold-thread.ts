// The thread that folds one journal: its young generation is that of a program that reads, not that of a kernel that waits.
import { parentPort, workerData } from 'node:worker_threads';
import { textOfFolded } from '../../decisions/folded-journal.js';
import type { FoldingOrder, FoldingAnswer } from './fold-aside.js';
import { foldFile } from './fold-file.js';

const { path, bytes } = workerData as FoldingOrder;
const { folded, ...rest } = foldFile(path, bytes);
parentPort!.postMessage({ ...rest, text: textOfFolded(folded, true) } satisfies FoldingAnswer);
