// A live run in production, for the tests of the guard rails.
import type { RunInfo } from '../../../contract/base/run.js';

export function runInfo(more: Partial<RunInfo> = {}): RunInfo {
  return {
    id: '2.4.0-production-3f9c21',
    runbook: 'release.ipynb',
    commit: null,
    release: '2.4.0',
    environment: 'production',
    mode: 'live',
    createdAt: '2026-11-24T08:00:00.000Z',
    createdBy: { username: 'ann', name: 'Ann Lee', grade: 'claimed' },
    parameters: {},
    ...more
  };
}
