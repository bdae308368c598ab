// Builds journals for tests: bodies get their numbers and a time each second, so that expectations can name both.
import type { JournalRecord, RecordBody } from '../../contract/journal/journal.js';
import type { Outline } from '../../contract/notebook/outline.js';
import type { Person } from '../../contract/base/person.js';
import { foldJournal } from '../../contract/reduce/reduce.js';
import type { RunInfo } from '../../contract/base/run.js';
import type { RunState } from '../../contract/state/state.js';

export const ANN: Person = { username: 'ann', name: 'Ann Lee', grade: 'claimed' };

export const RUN: RunInfo = {
  id: '2.4.0-staging-3f9c21',
  runbook: 'release.ipynb',
  commit: null,
  release: '2.4.0',
  environment: 'staging',
  mode: 'rehearsal',
  createdAt: '2026-11-22T07:40:00.000Z',
  createdBy: ANN,
  parameters: {}
};

/** Two phases: `prepare` with steps `a` and `b`, `sign-off` with the holding step `c`, `finish` with `d`. */
export const OUTLINE: Outline = {
  title: 'Release 2.4.0',
  phases: [
    {
      id: 'prepare',
      title: 'Preparation',
      steps: [
        { id: 'a', title: 'Check', holds: [] },
        { id: 'b', title: 'Freeze', holds: [] }
      ]
    },
    { id: 'sign-off', title: 'Sign-off', steps: [{ id: 'c', title: 'Ask QA', holds: ['QA sign-off'] }] },
    { id: 'finish', title: 'Finish', steps: [{ id: 'd', title: 'Deploy', holds: [] }] }
  ]
};

/** Record n is stamped n seconds after 08:00:00 UTC. */
export function journalOf(...bodies: readonly RecordBody[]): JournalRecord[] {
  return bodies.map((body, index) => ({
    seq: index + 1,
    at: timeOf(index + 1),
    prev: '0'.repeat(64),
    ...body
  }));
}

export function stateOf(...bodies: readonly RecordBody[]): RunState {
  return foldJournal(journalOf(...bodies));
}

export function timeOf(seconds: number): string {
  return new Date(Date.UTC(2026, 10, 22, 8, 0, seconds)).toISOString();
}

export function opened(run: RunInfo | null = RUN): RecordBody {
  return { kind: 'journal-opened', format: 1, version: '0.1.0', notebook: 'release.ipynb', run };
}

export function started(step: string, attempt = 1): RecordBody {
  return {
    kind: 'attempt-started',
    step,
    attempt,
    executionCount: attempt,
    queuedAt: timeOf(0),
    by: ANN,
    source: '',
    sourceHash: ''
  };
}

export function ended(
  step: string,
  outcome: 'passed' | 'failed' | 'rejected' | 'inconclusive' = 'passed',
  durationMs = 1000,
  attempt = 1
): RecordBody {
  const error =
    outcome === 'failed'
      ? {
          error: {
            name: 'CommandFailedError',
            code: 'shell.failed',
            message: 'fleetctl ended with exit code 7\nlast lines'
          }
        }
      : {};
  return { kind: 'attempt-ended', step, attempt, outcome, durationMs, ...error };
}

export function asked(step = 'c', approvers: readonly string[] = ['qa-lead'], attempt = 1): RecordBody {
  return {
    kind: 'approval-requested',
    approval: 'approval-1',
    name: 'QA sign-off',
    step,
    attempt,
    phase: 'Sign-off',
    request: {
      question: 'Is it fit?',
      approvers,
      evidence: [{ label: 'Error rate', text: '0.02 %' }],
      expiresAt: null
    },
    content: 'c0ffee'
  };
}

export function decided(decision: 'approved' | 'rejected' = 'approved'): RecordBody {
  return {
    kind: 'approval-decided',
    approval: 'approval-1',
    content: 'c0ffee',
    decision: { decision, by: ANN, at: timeOf(30), comment: 'Looks good' }
  };
}

export function listed(): RecordBody {
  return {
    kind: 'checklist-requested',
    checklist: 'list-1',
    name: 'Before we leave',
    step: 'd',
    attempt: 1,
    phase: 'Finish',
    items: [
      { text: 'Status page', required: true },
      { text: 'Thank the team', required: false }
    ]
  };
}
