// The kernel's own gate: lets a step begin that passes every check, and journals every attempt.
// It is in the kernel because every front end can be bypassed.
import type { CellError } from '../../contract/base/cell-error.js';
import { cellErrorOf } from '../../contract/base/cell-error.js';
import type { Outcome } from '../../contract/base/run.js';
import { phaseOfStep, UNNAMED_STEP } from '../../contract/notebook/outline.js';
import { stopwatch } from '../../runbook/stopwatch.js';
import { sha256 } from '../../record/hash.js';
import { endAttempt, failAfterEnd, isStoppedFromOutside } from '../keeper/attempt-end.js';
import type { NotebookFile } from '../keeper/notebook-file.js';
import type { OutlineSource } from '../keeper/outline-source.js';
import type { RunKeeper } from '../keeper/run-keeper.js';
import type { StepRegister } from '../keeper/step-register.js';
import type { People } from '../people/people.js';
import type { Cell, CellOutcome, CommandCells, Gate } from '../ports.js';
import type { SourceTexts } from '../resume/source-texts.js';
import type { CellNotices } from './cell-notices.js';
import type { AskedStep, CellCheck, GateCheck, Refusal } from './check.js';
import type { Wheel } from './wheel.js';

/** What the gate works with. */
export interface GateParts {
  readonly keeper: RunKeeper;
  readonly notebook: NotebookFile | null;
  readonly people: People;
  readonly outline: OutlineSource;
  readonly register: StepRegister;
  readonly texts: SourceTexts;
  readonly wheel: Wheel;
  readonly commands: CommandCells;
  readonly notices: CellNotices;
  /** What every cell passes that is no line command, also one that makes no attempt. */
  readonly always: readonly CellCheck[];
  /** What a step passes before it begins, in order. */
  readonly checks: readonly GateCheck[];
}

/** Admits cells to the executor, in order, and settles their attempts. */
export class RunGatekeeper implements Gate {
  readonly #parts: GateParts;

  constructor(parts: GateParts) {
    this.#parts = parts;
  }

  async admit(cell: Cell): Promise<{ refusal: CellError | null }> {
    try {
      const { wheel, commands, notices, people } = this.#parts;
      await people.arrived(cell);
      const isCommand = commands.isCommand(cell.code);
      // Whatever a cell is, only who drives may run it; a line command that only looks is for everybody.
      const stranger = await (isCommand ? commands : wheel).refusalOf(cell);
      const refusal = stranger ?? (isCommand ? null : await this.#admitted(cell));
      if (refusal) {
        return { refusal: cellErrorOf(refusal) };
      }
      notices.tell(cell);
      return { refusal: null };
    } catch (error) {
      return { refusal: cellErrorOf(error) };
    }
  }

  async #admitted(cell: Cell): Promise<Refusal> {
    const { always } = this.#parts;
    for (let next = 0; next < always.length;) {
      const { answer, asked } = this.#ask(always.slice(next), check => check(cell));
      next += asked;
      const refusal = answer && (await answer);
      if (refusal) {
        return refusal;
      }
    }
    return cell.isSilent ? null : this.#begin(cell);
  }

  async settle(cell: Cell, outcome: CellOutcome): Promise<void> {
    const running = this.#parts.register.find(cell.key);
    // A line command has no attempt; those of the undo steps that it ran have ended.
    if (running && !this.#parts.commands.isCommand(cell.code)) {
      await endAttempt(this.#parts.keeper, running, {
        outcome: outcomeOf(outcome),
        durationMs: running.elapsedMs(),
        error: outcome.error?.record
      });
      await failAfterEnd(this.#parts.keeper, running);
    }
  }

  /** Begins an attempt that passes every check. */
  async #begin(cell: Cell): Promise<Refusal> {
    const { keeper, people, register, texts, checks } = this.#parts;
    await people.known();
    const asked = this.#asked(cell);
    for (let next = 0; next < checks.length;) {
      const found = this.#ask(checks.slice(next), check => check(cell, asked));
      next += found.asked;
      // Awaited only where there is something to wait for: nothing comes between the last checks and the attempt.
      const refusal = found.answer && (await found.answer);
      if (refusal) {
        return refusal;
      }
    }
    const { step, hash, entry, outOfOrder } = asked;
    const attempt = (keeper.state.steps[step]?.attempts.at(-1)?.attempt ?? 0) + 1;
    await keeper.append({
      kind: 'attempt-started',
      step,
      attempt,
      executionCount: cell.executionCount,
      queuedAt: cell.queuedAt,
      by: people.of(cell.session, cell.username),
      client: people.clientOf(cell.session),
      source: cell.code,
      sourceHash: hash,
      ...(entry?.continuation ? { continues: entry.continuation.attempt } : {}),
      ...(outOfOrder ? { outOfOrder } : {})
    });
    texts.remember(step, cell.code);
    register.add({
      cell,
      step,
      attempt,
      elapsedMs: stopwatch(),
      ...(entry ? { lossesBefore: entry.lossesBefore } : {}),
      ...(entry?.continuation ? { record: entry.continuation.record } : {})
    });
  }

  /** Asks in order until one refuses or has to wait. What is asked in one go finds the notebook in one state. */
  #ask<C>(
    checks: readonly C[],
    ask: (check: C) => Answer
  ): { readonly answer: Answer; readonly asked: number } {
    const askAll = (): { readonly answer: Answer; readonly asked: number } => {
      for (const [index, check] of checks.entries()) {
        const answer = ask(check);
        if (answer) {
          return { answer, asked: index + 1 };
        }
      }
      return { answer: null, asked: checks.length };
    };
    const { notebook } = this.#parts;
    return notebook === null ? askAll() : notebook.steady(askAll);
  }

  #asked(cell: Cell): AskedStep {
    const { notebook, people, outline } = this.#parts;
    const { code, cellId } = cell;
    const hash = sha256(code);
    return {
      step: this.#isKnown(cell)
        ? cellId!
        : (notebook?.findStep(code) ?? cellId ?? `${UNNAMED_STEP}${hash.slice(0, 12)}`),
      code,
      hash,
      by: people.of(cell.session, cell.username),
      outline: outline.of(cell.session)
    };
  }

  /** In a run the text says which step it is where the id does not: clients such as VS Code have ids of their own. */
  #isKnown({ cellId, session }: Cell): boolean {
    const { notebook, outline } = this.#parts;
    const isRun = notebook !== null && notebook.read().run !== null;
    return (
      cellId !== null &&
      (!isRun || outline.isOpenAt(session) || phaseOfStep(outline.saved(), cellId) !== undefined)
    );
  }
}

type Answer = Refusal | Promise<Refusal>;

function outcomeOf(outcome: CellOutcome): Outcome {
  if (outcome.status === 'ok') {
    return 'passed';
  }
  const code = outcome.error?.record.code ?? '';
  if (code === 'hold.rejected') {
    return 'rejected';
  }
  return isStoppedFromOutside(code) ? 'inconclusive' : 'failed';
}
