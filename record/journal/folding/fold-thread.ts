// The thread that reads a part of a journal: its young generation is that of a program that reads, not that of a kernel that waits.
import { parentPort, workerData } from 'node:worker_threads';
import { condensePart } from './condense.js';
import type { FoldingAnswer, FoldingOrder } from './fold-aside.js';

const { path, from, to, parts } = workerData as FoldingOrder;
const { records, ...rest } = condensePart(path, from, to, parts);
parentPort!.postMessage({ ...rest, text: JSON.stringify(records) } satisfies FoldingAnswer);
