// The lock that the policy puts on a phase, as the journal opens it: by a receipt, or by a person against the policy.
// An admission knows the content that it is for, so that resume and replay need no other run, and an edit locks again.
import type { BreakGlass } from '../base/break-glass.js';
import { faultsOfReceipt } from './judge-receipts.js';
import type { Receipt, RehearsalRule } from './receipt.js';
import { changesOfSteps, type StepContent } from './step-content.js';

/** A phase that the policy had locked may run. */
export interface PhaseAdmission {
  /** Id and title of the phase. */
  readonly phase: string;
  readonly title: string;
  /** What the policy asked. */
  readonly rule: RehearsalRule;
  /** The steps of the phase in order, with the content that may run. */
  readonly steps: readonly StepContent[];
  /** What it rests on; null when it was released against the policy. */
  readonly receipt: Receipt | null;
  readonly breakGlass: BreakGlass | null;
  /** What was missing when it was released against the policy; else empty. */
  readonly missing: readonly string[];
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly seq: number;
}

/** A release against the policy, wherever it was. */
export interface BrokenGlass extends BreakGlass {
  /** Name of the hold point, or title of the phase. */
  readonly name: string;
}

/** What an admission needs in order to count. */
export interface AdmissionQuestion {
  readonly rule: RehearsalRule;
  readonly release: string;
  /** May this person release against the policy? */
  readonly mayBreak: (username: string) => boolean;
}

/**
 * Why an admission does not count, one sentence each; empty when it does. Its age counts at the time of the admission: a phase that
 * was let in stays so while the run goes on.
 *
 * @param steps - The steps as they are now; one without hashes is known by its place alone.
 */
export function faultsOfAdmission(
  admission: PhaseAdmission,
  steps: readonly StepContent[],
  question: AdmissionQuestion
): readonly string[] {
  const { breakGlass, receipt } = admission;
  const content = [
    ...changesOfSteps(admission.steps, steps),
    ...(admission.steps.every(({ hashes }) => hashes.length > 0)
      ? []
      : ['Its record does not say what may run.'])
  ];
  if (breakGlass) {
    return question.mayBreak(breakGlass.by.username)
      ? content
      : [...content, `${breakGlass.by.username} may not release against the policy.`];
  }
  return receipt
    ? [
        ...content,
        ...faultsOfReceipt(receipt, {
          rule: question.rule,
          release: question.release,
          nowMs: Date.parse(admission.at)
        })
      ]
    : [...content, 'Its record names no rehearsal.'];
}
