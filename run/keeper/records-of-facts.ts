// Records of what has happened, whoever likes it: they are written at whatever time the clock shows, because nothing recorded is ever lost.
// All other kinds begin something or are the act of a person, which counts by its time.
import type { RecordBody, RecordKind } from '../../contract/journal/journal.js';

/** Each kind is one or the other, so that a new one cannot be forgotten. */
const IS_FACT: { readonly [K in RecordKind]: boolean } = {
  'journal-opened': true,
  'kernel-started': true,
  'executor-replaced': true,
  outline: true,
  'attempt-started': false,
  'attempt-ended': true,
  'order-waived': false,
  'second-run-allowed': false,
  output: true,
  'torn-line': true,
  // The effects of a step that has begun: cutting it off in the middle would leave more open than it protects.
  'effect-started': true,
  'effect-ended': true,
  'effect-planned': true,
  'effect-refused': true,
  'approval-requested': false,
  'approval-decided': false,
  // An end that nobody makes follows from what was decided before, or from time.
  'approval-closed': true,
  'approval-reminded': true,
  'approval-escalated': true,
  'glass-broken': false,
  'checklist-requested': false,
  'checklist-ticked': false,
  'checklist-closed': true,
  'tasks-assigned': false,
  'task-moved': false,
  'task-checked': true,
  'task-handed-over': true,
  'gather-started': true,
  'gather-ended': true,
  'driver-changed': false,
  'wheel-asked': false,
  'wheel-refused': false,
  'wheel-offered': false,
  'wheel-offer-ended': false,
  'environment-confirmed': false,
  'phase-admitted': false,
  'phase-released': false,
  'policy-read': true,
  checkpoint: true,
  'rollback-registered': true,
  'rollback-values': true,
  'rollback-started': true,
  'rollback-ended': true,
  'undoing-started': false,
  'undoing-stopped': true,
  'rolled-back': true,
  rewound: true,
  note: true,
  'run-archived': true,
  'run-reopened': false,
  // The way on.
  'clock-accepted': true,
  'resume-started': false,
  'step-continued': false,
  'step-replayed': true,
  'resume-ended': true,
  'recovery-discarded': false,
  'effect-judged': false,
  'step-skipped': false
};

/** True for a record that is written at whatever time. Who takes an approval back acts. */
export function isFact(body: RecordBody): boolean {
  return IS_FACT[body.kind] && !(body.kind === 'approval-closed' && body.by !== undefined);
}
