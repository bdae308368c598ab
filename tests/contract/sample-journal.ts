// Builds journals for tests: bodies in, stamped records out, a second apart.
import type { JournalOpened, JournalRecord, RecordBody } from '../../contract/journal/journal.js';
import type { Outline } from '../../contract/notebook/outline.js';
import type { Person } from '../../contract/base/person.js';

export const ANN: Person = { username: 'ann', name: 'Ann Lee', grade: 'claimed' };
export const BOB: Person = { username: 'bob', name: 'Bob Ray', grade: 'signed' };

export const OUTLINE: Outline = {
  title: 'Release',
  phases: [
    { id: 'prepare', title: 'Prepare', steps: [{ id: 'p1', title: 'Look', holds: [] }] },
    {
      id: 'sign-off',
      title: 'QA sign-off',
      steps: [
        { id: 's1', title: 'Ask', holds: ['QA sign-off'] },
        { id: 's2', title: 'After', holds: [] }
      ]
    },
    { id: 'deploy', title: 'Deploy', steps: [{ id: 'd1', title: 'Deploy', holds: [] }] }
  ]
};

export function stamp(bodies: readonly RecordBody[], firstSeq = 1): JournalRecord[] {
  return bodies.map((body, index) => ({
    seq: firstSeq + index,
    at: new Date(Date.UTC(2026, 10, 22, 8, 0, firstSeq + index)).toISOString(),
    prev: '0'.repeat(64),
    ...body
  }));
}

export const OPENED: JournalOpened = {
  kind: 'journal-opened',
  format: 1,
  version: '0.1.0',
  notebook: 'release.ipynb',
  run: null
};
/** The first record of a run, where `OPENED` is that of a scratch notebook. */
export const RUN_OPENED: RecordBody = {
  ...OPENED,
  run: {
    id: '2.4.0-staging-3f9c21',
    runbook: 'release.ipynb',
    commit: null,
    release: '2.4.0',
    environment: 'staging',
    mode: 'rehearsal',
    createdAt: '2026-11-22T08:00:00.000Z',
    createdBy: ANN,
    parameters: {}
  }
};
export const KERNEL: RecordBody = { kind: 'kernel-started', version: '0.1.0', pid: 1, by: ANN };

export function started(step: string, attempt = 1): RecordBody {
  const queuedAt = '2026-11-22T08:00:00.000Z';
  return {
    kind: 'attempt-started',
    step,
    attempt,
    executionCount: attempt,
    queuedAt,
    by: ANN,
    source: '',
    sourceHash: 'h'
  };
}

export function ended(
  step: string,
  attempt = 1,
  outcome: 'passed' | 'failed' | 'rejected' | 'inconclusive' = 'passed'
): RecordBody {
  return { kind: 'attempt-ended', step, attempt, outcome, durationMs: 1500 };
}

export function requested(step: string, attempt = 1, name = 'QA sign-off'): RecordBody {
  return {
    kind: 'approval-requested',
    approval: `${step}:${attempt}:${name}`,
    name,
    step,
    attempt,
    phase: 'QA sign-off',
    request: {
      question: 'May it go out?',
      approvers: ['qa-lead'],
      evidence: [{ label: 'Errors', text: '0' }],
      expiresAt: null
    },
    content: 'c'.repeat(64)
  };
}

export function decided(
  step: string,
  decision: 'approved' | 'rejected' = 'approved',
  attempt = 1,
  name = 'QA sign-off'
): RecordBody {
  return {
    kind: 'approval-decided',
    approval: `${step}:${attempt}:${name}`,
    decision: { decision, by: BOB, at: '2026-11-22T08:30:00.000Z', comment: 'Looks good' },
    content: 'c'.repeat(64)
  };
}
