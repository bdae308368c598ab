// What is known of the rehearsals of each phase, and which of them the policy locks. Pure: everything that was found is given.
import type { Outline, PhaseOutline } from '../../contract/notebook/outline.js';
import { faultsOfAdmission } from '../../contract/rehearsal/admission.js';
import { judgeReceipts } from '../../contract/rehearsal/judge-receipts.js';
import type { PhaseRehearsal, StepRehearsal } from '../../contract/rehearsal/phase-rehearsal.js';
import type { Receipt, RehearsalRule, RehearsedStep } from '../../contract/rehearsal/receipt.js';
import { changesOfSteps, type StepContent } from '../../contract/rehearsal/step-content.js';
import type { Outcome, RunInfo } from '../../contract/base/run.js';
import type { RunState } from '../../contract/state/state.js';
import { isNamed } from '../../contract/holds/approval-rules.js';
import { ruleOfPhase } from '../../contract/rehearsal/rehearsal-policy.js';
import type { RehearsalRules } from '../../record/profile/load-rehearsal-rules.js';
import { currentContent, type ContentSource } from './current-content.js';
import type { FoundReceipts } from './find-receipts.js';

/** What is judged. */
export interface JudgeInput {
  readonly run: RunInfo;
  readonly state: RunState;
  readonly outline: Outline;
  readonly content: ContentSource;
  readonly rules: RehearsalRules;
  readonly found: FoundReceipts;
  /** For when it is told, milliseconds since 1970. */
  readonly nowMs: number;
}

/** Every phase that has steps, in order. */
export function judgePhases(input: JudgeInput): PhaseRehearsal[] {
  return input.outline.phases.filter(({ steps }) => steps.length > 0).map(phase => judgePhase(phase, input));
}

/** One phase. */
export function judgePhase(phase: PhaseOutline, input: JudgeInput): PhaseRehearsal {
  const { run, rules, found, nowMs } = input;
  const steps = currentContent(phase, input.content);
  const rule = ruleOfPhase(rules, phase.title);
  const asked = rule ?? { withinMs: null, environments: rules.lower, sameRelease: false };
  const receipts = found.receipts.flatMap(({ phase: id, receipt }) => (id === phase.id ? [receipt] : []));
  const judged = judgeReceipts(receipts, steps, { rule: asked, release: run.release, nowMs });
  return {
    phase: phase.id,
    title: phase.title,
    rule,
    receipt: judged?.receipt ?? null,
    changes: judged?.changes ?? [],
    missing: rule === null ? [] : missingOf(judged, rule, found, faultsOfStanding(phase, steps, rule, input)),
    steps: Object.fromEntries(
      steps.flatMap(step => {
        const last = lastOf(step, asked.environments, found);
        return last === null ? [] : [[step.id, last] as const];
      })
    )
  };
}

/** Why the phase's admission in the journal no longer counts; null when there is none. */
function faultsOfStanding(
  phase: PhaseOutline,
  steps: readonly StepContent[],
  rule: RehearsalRule,
  { state, rules, run }: JudgeInput
): readonly string[] | null {
  const admission = state.admissions[phase.id];
  const question = { rule, release: run.release, mayBreak: mayBreak(rules) };
  return admission ? faultsOfAdmission(admission, steps, question) : null;
}

/** May a person release against the policy? */
export function mayBreak({ breakGlass }: RehearsalRules): (username: string) => boolean {
  return username => breakGlass === null || (breakGlass.length > 0 && isNamed(username, breakGlass));
}

/** Nothing is missing when the journal has let in what is there now, or when a receipt would. */
function missingOf(
  judged: ReturnType<typeof judgeReceipts>,
  rule: RehearsalRule,
  { unreadable }: FoundReceipts,
  standing: readonly string[] | null
): readonly string[] {
  const missing = judged
    ? [...judged.changes, ...judged.faults]
    : [`It was never rehearsed in ${rule.environments.join(' or ')}.`];
  if (missing.length === 0 || standing?.length === 0) {
    return [];
  }
  return [
    ...(standing ? [`It was admitted before, but not as it is now: ${standing.join(' ')}`] : []),
    ...missing,
    ...unreadable.map(text => `A journal does not count: ${text}.`)
  ];
}

/** An attempt of a step that came to an end. */
interface EndedStep {
  readonly receipt: Receipt;
  readonly found: RehearsedStep;
  readonly at: string;
}

/** The newest attempt of a step that came to an end in one of the environments. */
function lastOf(
  step: StepContent,
  environments: readonly string[],
  found: FoundReceipts
): StepRehearsal | null {
  const newest = endedSteps(found)
    .get(step.id)
    ?.find(({ receipt }) => environments.includes(receipt.environment));
  if (!newest) {
    return null;
  }
  const { receipt, found: ended, at } = newest;
  const { run, release, environment, mode } = receipt;
  const before = { ...step, hashes: ended.content === null ? [] : [ended.content] };
  return {
    run,
    release,
    environment,
    mode,
    outcome: ended.status as Outcome,
    at,
    durationMs: ended.durationMs ?? 0,
    isSame: changesOfSteps([before], [step]).length === 0
  };
}

/** By step, the newest first: made once for what was found, because a long run asks for every step. */
function endedSteps(found: FoundReceipts): ReadonlyMap<string, readonly EndedStep[]> {
  const known = endedBefore.get(found);
  if (known) {
    return known;
  }
  const all = found.receipts.flatMap(({ receipt }) =>
    receipt.steps.flatMap(step =>
      step.at && OUTCOMES.has(step.status) ? [{ receipt, found: step, at: step.at }] : []
    )
  );
  const sorted = all.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  const bySteps = Map.groupBy(sorted, ({ found: { id } }) => id);
  endedBefore.set(found, bySteps);
  return bySteps;
}

const endedBefore = new WeakMap<FoundReceipts, ReadonlyMap<string, readonly EndedStep[]>>();

const OUTCOMES: ReadonlySet<string> = new Set<Outcome>(['passed', 'failed', 'rejected', 'inconclusive']);
