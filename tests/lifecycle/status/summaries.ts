// Journals and summaries for the tests of the status.
import type { JournalRecord, RecordBody } from '../../../contract/journal/journal.js';
import { foldJournal } from '../../../contract/reduce/reduce.js';
import type { RunInfo } from '../../../contract/base/run.js';
import type { EarlierRun } from '../../../lifecycle/facts/earlier-runs.js';
import type { RunFiles } from '../../../lifecycle/notebook/read-run.js';
import { summarizeRun, type RunSummary } from '../../../lifecycle/status/summarize-run.js';
import {
  ANN,
  decided,
  ended,
  KERNEL,
  OPENED,
  OUTLINE,
  requested,
  stamp,
  started
} from '../../contract/sample-journal.js';

export const RUN: RunInfo = {
  id: '2.4.0-staging-3f9c21',
  runbook: 'release.ipynb',
  commit: null,
  release: '2.4.0',
  environment: 'staging',
  mode: 'live',
  createdAt: '2026-11-22T07:59:00.000Z',
  createdBy: ANN,
  parameters: {}
};

export const BEGIN: RecordBody[] = [{ ...OPENED, run: RUN }, KERNEL, { kind: 'outline', outline: OUTLINE }];
export const PREPARED: RecordBody[] = [...BEGIN, started('p1'), ended('p1')];
export const ASKED: RecordBody[] = [...PREPARED, started('s1'), requested('s1')];
export const DONE: RecordBody[] = [
  ...ASKED,
  decided('s1'),
  ended('s1'),
  started('s2'),
  ended('s2'),
  started('d1'),
  ended('d1')
];

/** Records are a second apart from 08:00:01 on; the summary is told for `secondsAfter` the last one. */
export function summaryOf(
  bodies: readonly RecordBody[],
  { secondsAfter = 0, earlier = [] as readonly EarlierRun[], isTorn = false } = {}
): RunSummary {
  const files = filesOf(stamp(bodies));
  const now = new Date(
    Date.parse(files.state.lastAt ?? '2026-11-22T08:00:00Z') + secondsAfter * 1000
  ).toISOString();
  return summarizeRun({ files: { ...files, torn: isTorn ? '{"seq":' : null }, earlier, now });
}

/** The files of a run with these records, whose notebook has no cells. */
export function filesOf(records: readonly JournalRecord[], state = foldJournal(records)): RunFiles {
  return {
    path: 'release.ipynb',
    notebook: { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [] },
    run: RUN,
    journalPath: 'release.journal.jsonl',
    journalText: '',
    records,
    torn: null,
    state,
    outline: OUTLINE
  };
}
