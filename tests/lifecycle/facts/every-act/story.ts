// A run in which every record of the journal comes at least once, and every act of a person in each of its forms: the record, and what a
// reader has to be told of it wherever acts are told. A kind of record that is missing here fails the tests.
import type { RecordKind } from '../../../../contract/journal/journal.js';
import { foldJournal } from '../../../../contract/reduce/reduce.js';
import type { RunFiles } from '../../../../lifecycle/notebook/read-run.js';
import { stamp } from '../../../contract/sample-journal.js';
import { BEGINNING } from './beginning.js';
import { PEOPLE } from './people.js';
import { CELLS, OUTLINE, RUN, type Scene } from './scene.js';
import { WAYS_ON } from './ways-on.js';

/** Every scene, in an order in which a kernel could have written them. */
export const SCENES: readonly Scene[] = [...BEGINNING, ...PEOPLE, ...WAYS_ON];

/** The story as files. Records are a second apart from 08:00:01 on. */
export function everyActFiles(): RunFiles {
  const records = stamp(SCENES.map(({ body }) => body));
  return {
    path: 'release.ipynb',
    notebook: { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: CELLS },
    run: RUN,
    journalPath: 'release.journal.jsonl',
    journalText: '',
    records,
    torn: null,
    state: foldJournal(records),
    outline: OUTLINE
  };
}

/** The kinds of records in the story. */
export const KINDS_IN_STORY: ReadonlySet<RecordKind> = new Set(SCENES.map(({ body }) => body.kind));
