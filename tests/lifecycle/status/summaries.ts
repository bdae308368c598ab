// Journals and summaries for the tests of the status.
import type { RecordBody } from '../../../contract/journal.js';
import { replay } from '../../../contract/reduce.js';
import type { RunInfo } from '../../../contract/run.js';
import type { EarlierRun } from '../../../lifecycle/status/earlier-runs.js';
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
  const state = replay(stamp(bodies));
  const now = new Date(
    Date.parse(state.lastAt ?? '2026-11-22T08:00:00Z') + secondsAfter * 1000
  ).toISOString();
  return summarizeRun({ run: RUN, state, outline: OUTLINE, isTorn, earlier, now });
}
