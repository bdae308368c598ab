// Everything that a step passes before it begins, after the checks of every cell (cell/checks-of-cell.ts), in this order. What looks at
// the run itself comes first, then who must have decided, then what asks people or writes.
import type { Outline } from '../../contract/notebook/outline.js';
import type { StandingApprovals } from '../holds/standing-approvals.js';
import type { NotebookFile } from '../keeper/notebook-file.js';
import type { OutlineSource } from '../keeper/outline-source.js';
import type { RunKeeper } from '../keeper/run-keeper.js';
import type { KnownRun } from '../profile/known-run.js';
import type { PolicyInForce } from '../profile/policy-in-force.js';
import type { RecoveryGate } from '../resume/recovery-gate.js';
import { faultOfClock } from '../../record/decisions/clock-back.js';
import type { GateCheck } from './check.js';
import { refuseArchivedRun } from './archived-run.js';
import { refuseFaultyParameters } from './faulty-parameters.js';
import { refuseIndirectHold } from './indirect-hold.js';
import { refuseLockedStep } from './locked-step.js';
import { refuseNoRepository } from './no-repository.js';
import { refuseOtherEnvironment } from './other-environment.js';
import { refuseOtherMode } from './other-mode.js';
import { refuseOtherRun } from './other-run.js';
import { refuseOtherText } from './step-of-document.js';
import { refuseUnawaitedHold } from './unawaited-hold.js';
import type { ProductionGuard } from './production-guard.js';
import type { Rehearsals } from './rehearsals.js';
import type { SecondRuns } from './second-runs.js';
import type { StepOrder } from './step-order.js';
import type { Wheel } from './wheel.js';

/** What the checks look at. */
export interface CheckParts {
  readonly keeper: RunKeeper;
  readonly notebook: NotebookFile | null;
  readonly outline: OutlineSource;
  readonly known: Pick<KnownRun, 'mode' | 'environment' | 'profile'>;
  /** Where the notebook is. */
  readonly folder: string;
  readonly policy: PolicyInForce;
  readonly standing: StandingApprovals;
  readonly rehearsals: Rehearsals;
  readonly recovery: RecoveryGate;
  readonly order: StepOrder;
  readonly guard: ProductionGuard;
  readonly secondRuns: SecondRuns;
  readonly wheel: Wheel;
  /** How long a page may take to tell what was typed, in milliseconds. @default 2000 */
  readonly patienceMs?: number | undefined;
}

/** The checks of a step, in order. */
export function checksOfStep(parts: CheckParts): readonly GateCheck[] {
  const { keeper, policy, standing, rehearsals, recovery, order, guard, secondRuns, wheel } = parts;
  const lockedStep = refuseLockedStep(parts);
  const ofRuns = (checks: readonly GateCheck[]): GateCheck[] =>
    checks.map(check => (cell, asked) => (isRun(parts) ? check(cell, asked) : null));
  return [
    refuseUnawaitedHold,
    refuseIndirectHold,
    refuseFaultyParameters(parts),
    (_cell, { outline }) => (isFree(parts, outline) ? keeper.show() : keeper.open()),
    refuseArchivedRun(parts),
    ...ofRuns([
      () => faultOfClock(keeper.state),
      refuseOtherMode(parts),
      refuseOtherRun(parts),
      refuseOtherEnvironment(parts),
      refuseNoRepository(parts),
      refuseOtherText(parts)
    ]),
    ({ session }, asked) => {
      // Meanwhile its page may have told what was typed a moment ago.
      asked.outline = parts.outline.of(session);
      parts.outline.follow(session);
    },
    ...ofRuns([() => policy.note()]),
    (_cell, { outline }) => keeper.keepOutline(outline),
    (_cell, asked) => (isFree(parts, asked.outline) ? null : standing.sweep(asked)),
    lockedStep,
    ...ofRuns([(_cell, asked) => rehearsals.admit(asked)]),
    async (_cell, asked) => {
      asked.entry = await recovery.enter(asked.step, asked.hash);
    },
    (_cell, asked) => order.refusalOf(asked),
    ...ofRuns([
      (cell, { by }) => guard.pass(cell, by),
      (cell, asked) => secondRuns.pass(cell, asked),
      cell => wheel.takeFirst(cell)
    ]),
    // Meanwhile a person may have revoked an approval, taken the wheel or begun to roll back. These answer at once, so that nothing
    // comes between them and the attempt.
    lockedStep,
    (_cell, asked) => order.refusalOf(asked),
    ...ofRuns([cell => wheel.refusalNow(cell), () => recovery.refuseWhileActing()])
  ];
}

/** Whether anything says that this is a run: what the kernel was started for, the file, or the journal. */
function isRun({ known, notebook, keeper }: CheckParts): boolean {
  return known.environment !== null || keeper.state.run !== null || (notebook?.read().run ?? null) !== null;
}

/** In a scratch notebook without hold points nothing that its journal says can stand before a step: the step need not wait for it. */
function isFree({ notebook, outline }: CheckParts, shown: Outline): boolean {
  const phases = [shown, outline.saved()].flatMap(each => each.phases);
  return (
    notebook?.read().run === null &&
    phases.every(({ steps }) => steps.every(({ holds }) => holds.length === 0))
  );
}
