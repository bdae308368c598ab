// The kernel's own gate: refuses a step behind an unreleased hold point, and journals every attempt.
// It stands in the kernel because every front end can be bypassed.
import { formatUtc } from '../../contract/format.js';
import { lockOf, type Lock } from '../../contract/phase-status.js';
import { fromErrorRecord, type ErrorRecord } from '../../contract/error.js';
import type { Outcome, RunMode } from '../../contract/run.js';
import { UNNAMED_STEP, type Outline } from '../../contract/outline.js';
import { sha256 } from '../../runbook/hash.js';
import type { Cell, CellError, ExecuteOutcome, Gatekeeper } from '../core/ports.js';
import { cellErrorOf, makeError } from './cell-error.js';
import type { NotebookFile } from './notebook-file.js';
import type { People } from './people.js';
import type { PolicyInForce } from './policy-in-force.js';
import type { ProductionGuard } from './production-guard.js';
import type { Rehearsals } from './rehearsals.js';
import type { RunKeeper } from './run-keeper.js';
import type { StandingApprovals } from './standing-approvals.js';
import { isRunCommand } from './resume/parse-command.js';
import type { RecoveryGate } from './resume/recovery-gate.js';
import type { SourceTexts } from './resume/source-texts.js';
import type { StepRegister } from './step-register.js';
import type { Wheel } from './wheel.js';

/** What the gate looks at. */
export interface GateParts {
  readonly keeper: RunKeeper;
  readonly notebook: NotebookFile | null;
  readonly people: People;
  readonly register: StepRegister;
  /** Why the run may not begin: its parameters are not as launchbook.yml declares them. */
  readonly fault?: ErrorRecord | null;
  /** What the executor may do to the world: fixed when it was started. */
  readonly mode: RunMode;
  /** The environment whose rules and addresses the kernel knows; null when it was started without a run. */
  readonly environment: string | null;
  /** The outline that counts now. */
  readonly outline: () => Outline;
  /** The one in the file: no page can talk its hold points away by another document. */
  readonly savedOutline: () => Outline;
  readonly wheel: Wheel;
  readonly guard: ProductionGuard;
  readonly standing: StandingApprovals;
  readonly rehearsals: Rehearsals;
  readonly policy: PolicyInForce;
  readonly recovery: RecoveryGate;
  readonly texts: SourceTexts;
}

/** Admits cells to the executor, in order, and settles their attempts. */
export class RunGatekeeper implements Gatekeeper {
  readonly #parts: GateParts;

  constructor(parts: GateParts) {
    this.#parts = parts;
  }

  async admit(cell: Cell): Promise<{ refusal: CellError } | { refusal: null }> {
    try {
      const stranger = await this.#parts.wheel.refusalOf(cell);
      if (stranger) {
        throw stranger;
      }
      if (!cell.isSilent && !isRunCommand(cell.code)) {
        await this.#begin(cell);
      }
      return { refusal: null };
    } catch (error) {
      return { refusal: cellErrorOf(error) };
    }
  }

  async settle(cell: Cell, outcome: ExecuteOutcome): Promise<void> {
    const running = this.#parts.register.find(cell.key);
    // A line command has no attempt; those of the undo steps that it ran have ended.
    if (running && !isRunCommand(cell.code)) {
      const record = outcome.error?.record;
      await this.#parts.keeper.append({
        kind: 'attempt-ended',
        step: running.step,
        attempt: running.attempt,
        outcome: outcomeOf(outcome),
        // A clock that was set back meanwhile gives no time at all.
        durationMs: Math.max(0, Date.now() - running.startedMs),
        ...(record === undefined ? {} : { error: record })
      });
    }
  }

  async #begin(cell: Cell): Promise<void> {
    const { keeper, people, register, policy, wheel, guard, standing, rehearsals, recovery, texts } =
      this.#parts;
    await people.known();
    const by = people.of(cell.session, cell.username);
    const hash = sha256(cell.code);
    this.#refuseFaultyRun();
    const outline = this.#parts.outline();
    await keeper.open();
    this.#refuseOtherMode();
    this.#refuseOtherRun();
    this.#refuseOtherEnvironment();
    await policy.note();
    await keeper.keepOutline(outline);
    const step = this.#stepOf(cell);
    await standing.sweep({ step, hash });
    this.#refuseLocked(step);
    await rehearsals.admit({ step, code: cell.code, by });
    const { continuation, lossesBefore } = await recovery.enter(step, hash);
    await guard.pass(cell, by);
    await wheel.takeFirst(cell);
    // Meanwhile a person may have revoked an approval, taken the wheel or begun to roll back.
    this.#refuseLocked(step);
    this.#refuseOvertaken(cell);
    const attempt = (keeper.state.steps[step]?.attempts.at(-1)?.attempt ?? 0) + 1;
    const record = await keeper.append({
      kind: 'attempt-started',
      step,
      attempt,
      executionCount: cell.executionCount,
      queuedAt: cell.queuedAt,
      by,
      client: people.clientOf(cell.session),
      source: cell.code,
      sourceHash: hash,
      ...(continuation ? { continues: continuation.attempt } : {})
    });
    texts.remember(step, cell.code);
    const startedMs = Date.parse(record.at);
    register.add({
      cell,
      step,
      attempt,
      startedMs,
      lossesBefore,
      ...(continuation ? { record: continuation.record } : {})
    });
  }

  #refuseLocked(step: string): void {
    const { keeper, outline, savedOutline } = this.#parts;
    const lock = lockOf(keeper.state, outline(), step) ?? lockOf(keeper.state, savedOutline(), step);
    if (lock) {
      throw refuse(lock);
    }
  }

  #refuseOvertaken(cell: Cell): void {
    const stranger = this.#parts.wheel.refusalNow(cell);
    if (stranger) {
      throw stranger;
    }
    this.#parts.recovery.refuseWhileActing();
  }

  /** git, or a person, may put another notebook in the place of this one while its kernel lives. */
  #refuseOtherRun(): void {
    const { keeper, notebook } = this.#parts;
    const recorded = keeper.state.run?.id ?? null;
    const saved = notebook?.read().run?.id ?? null;
    if (notebook && recorded !== saved) {
      const nameOf = (id: string | null): string => (id === null ? 'no run' : `the run ${id}`);
      throw makeError(
        'OtherRunError',
        'run.other',
        `The journal is of ${nameOf(recorded)} and the notebook of ${nameOf(saved)}; nothing of the cell has run.`,
        'Put the notebook back (git checkout), or restart the kernel to go on with the one that is there.'
      );
    }
  }

  /** A dry run's hold points hold nothing, so executor, journal and notebook must speak of the same mode. */
  #refuseOtherMode(): void {
    const { mode, keeper, notebook } = this.#parts;
    const recorded = keeper.state.run?.mode ?? 'live';
    const saved = notebook?.read().run?.mode ?? 'live';
    if (recorded !== mode || saved !== mode) {
      throw makeError(
        'ModeChangedError',
        'run.mode_changed',
        `This kernel was started for a run in mode ${mode}, its journal is of mode ${recorded} and the notebook says ${saved}; nothing of the cell has run.`,
        'The mode of a run never changes. Make another run with launchbook new --mode, and restart the kernel.'
      );
    }
  }

  /** A notebook may become a run after its kernel was started, which then knows neither who must decide there nor what it acts on. */
  #refuseOtherEnvironment(): void {
    const { environment, keeper, notebook } = this.#parts;
    const nameOf = (name: string | null): string => name ?? 'no environment';
    const recorded = keeper.state.run?.environment ?? null;
    const saved = notebook === null ? recorded : (notebook.read().run?.environment ?? null);
    if (recorded !== environment || saved !== environment) {
      throw makeError(
        'EnvironmentChangedError',
        'run.environment_changed',
        `This kernel was started for ${nameOf(environment)}, its journal is of ${nameOf(recorded)} and the notebook says ${nameOf(saved)}; nothing of the cell has run.`,
        recorded === saved
          ? 'Restart the kernel, so that it reads the rules and addresses of that environment.'
          : 'The environment of a run never changes. Put the notebook back (git checkout), or make another run with launchbook new --env.'
      );
    }
  }

  /** Parameters are looked at before the first step, not where a step happens to use them. */
  #refuseFaultyRun(): void {
    const { fault, notebook } = this.#parts;
    if (fault && notebook?.read().run) {
      throw fromErrorRecord(fault);
    }
  }

  #stepOf(cell: Cell): string {
    return (
      cell.cellId ??
      this.#parts.notebook?.findStep(cell.code) ??
      `${UNNAMED_STEP}${sha256(cell.code).slice(0, 12)}`
    );
  }
}

function refuse(lock: Lock): Error {
  const { approval } = lock;
  const awaited = approval?.request.approvers.join(', ') || 'anybody who may approve';
  const seen =
    approval === undefined
      ? 'it has not been asked yet'
      : approval.status === 'pending'
        ? `it waits for ${awaited} since ${formatUtc(approval.requestedAt)}`
        : `it is ${approval.status} since ${formatUtc(approval.changedAt)}`;
  return makeError(
    'StepLockedError',
    'hold.locked',
    `This step is locked: hold point “${lock.hold}” in phase “${lock.phase}” stands before it and is not released; ${seen}.`,
    approval?.status === 'pending'
      ? 'Decide there, then run this step.'
      : `Run the step of “${lock.hold}” and have it approved first.`
  );
}

function outcomeOf(outcome: ExecuteOutcome): Outcome {
  if (outcome.status === 'ok') {
    return 'passed';
  }
  const code = outcome.error?.record.code ?? '';
  if (code === 'hold.rejected') {
    return 'rejected';
  }
  return INCONCLUSIVE_CODES.has(code) ? 'inconclusive' : 'failed';
}

/** The cell was stopped from outside, so nobody knows how far it came. */
const INCONCLUSIVE_CODES = new Set(['cell.interrupted', 'executor.died', 'executor.replaced']);
