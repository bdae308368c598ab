// What scenes of a run are made of: its people, its notebook, and short ways to write its records.
import type { RecordBody } from '../../../../contract/journal/journal.js';
import type { AssignedTask } from '../../../../contract/holds/task-list.js';
import type { RecordedPolicy } from '../../../../contract/holds/policy.js';
import type { OutlineCell } from '../../../../contract/notebook/outline.js';
import type { Person } from '../../../../contract/base/person.js';
import type { Outcome, RunInfo } from '../../../../contract/base/run.js';
import { readOutline } from '../../../../record/source/read-outline.js';

/** What a reader has to be told of an act. */
export interface Expected {
  /** Words that stand in its text. */
  readonly says: readonly string[];
  /** Null: nobody did it, and it is about the people whom `says` names. */
  readonly by: Person | null;
  /** Empty: none was given. */
  readonly reason: string;
  /** Of another time than the record's. */
  readonly at?: string;
}

/** One record of the story; `told` is absent where it is no act of a person. */
export interface Scene {
  readonly body: RecordBody;
  readonly told?: Expected;
}

export const ANN: Person = { username: 'ann', name: 'Ann Lee', grade: 'claimed' };
export const BOB: Person = { username: 'bob', name: 'Bob Ray', grade: 'signed' };
export const EVE: Person = { username: 'eve', name: 'Eve Orr', grade: 'authenticated' };

export const RUN: RunInfo = {
  id: '2.4.0-production-3f9c21',
  runbook: 'release.ipynb',
  commit: null,
  release: '2.4.0',
  environment: 'production',
  mode: 'live',
  createdAt: '2026-11-22T07:59:00.000Z',
  createdBy: ANN,
  parameters: {}
};

/** Ids as JupyterLab makes them: none of them may be seen by a reader. */
export const ID = {
  prepare: '0a1b2c3d-0000-4000-8000-000000000001',
  look: '0a1b2c3d-0000-4000-8000-000000000002',
  signOff: '0a1b2c3d-0000-4000-8000-000000000003',
  ask: '0a1b2c3d-0000-4000-8000-000000000004',
  deployment: '0a1b2c3d-0000-4000-8000-000000000005',
  orders: '0a1b2c3d-0000-4000-8000-000000000006',
  smoke: '0a1b2c3d-0000-4000-8000-000000000007',
  closing: '0a1b2c3d-0000-4000-8000-000000000008',
  close: '0a1b2c3d-0000-4000-8000-000000000009',
  undo: '0a1b2c3d-0000-4000-8000-00000000000a'
} as const;

/** What looks like an id that a program made. */
export const LOOKS_LIKE_ID = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/i;

export const heading = (id: string, title: string): OutlineCell => ({
  id,
  cell_type: 'markdown',
  metadata: {},
  source: `## ${title}`
});
export const code = (id: string, title: string, source = ''): OutlineCell => ({
  id,
  cell_type: 'code',
  metadata: {},
  source: `// ${title}\n${source}`,
  ...{ outputs: [], execution_count: null }
});

export const CELLS: readonly OutlineCell[] = [
  heading(ID.prepare, 'Prepare'),
  code(ID.look, 'Look'),
  heading(ID.signOff, 'QA sign-off'),
  code(ID.ask, 'Ask', "await approval('Go');"),
  heading(ID.deployment, 'Deployment'),
  code(ID.orders, 'Deploy orders'),
  code(ID.smoke, 'Smoke test'),
  heading(ID.closing, 'Closing'),
  code(ID.close, 'Close')
];
export const OUTLINE = readOutline(CELLS);

export const started = (step: string, attempt: number, by: Person, more: object = {}): RecordBody => ({
  kind: 'attempt-started',
  step,
  attempt,
  executionCount: attempt,
  queuedAt: '2026-11-22T08:00:00.000Z',
  by,
  source: '',
  sourceHash: 'h',
  ...more
});
export const ended = (step: string, attempt: number, outcome: Outcome = 'passed'): RecordBody => ({
  kind: 'attempt-ended',
  step,
  attempt,
  outcome,
  durationMs: 1500
});
export const effect = (id: string, step: string, attempt: number, label: string): RecordBody => ({
  kind: 'effect-started',
  effect: id,
  step,
  attempt,
  helper: 'shell',
  label,
  request: {}
});
export const requested = (approval: string, name: string, attempt: number): RecordBody => ({
  kind: 'approval-requested',
  approval,
  name,
  step: ID.ask,
  attempt,
  phase: 'QA sign-off',
  request: { question: 'May it go out?', approvers: [], evidence: [], expiresAt: null },
  content: 'c'.repeat(64)
});
export const seat = (name: string): AssignedTask['owner'] => ({ name, members: [name] });
export const task = (id: string, title: string, owner: string, dueAt: string | null): AssignedTask => ({
  id,
  title,
  owner: seat(owner),
  deputy: seat('eve'),
  dueAt,
  answerBy: null,
  critical: true,
  hasCheck: true
});
export const policy = (required: number): RecordedPolicy => ({
  groups: {},
  approvals: { required },
  phases: {},
  breakGlass: null,
  driverVanishedMs: 900_000,
  allowedSigners: null,
  hub: null
});
export const RULE = { withinMs: null, environments: ['staging'], sameRelease: false };

export const silent = (body: RecordBody): Scene => ({ body });
export const act = (body: RecordBody, by: Person | null, reason: string, ...says: string[]): Scene => ({
  body,
  told: { by, reason, says }
});
