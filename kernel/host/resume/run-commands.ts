// Carries out line commands. They belong to no step and make no attempt; what they do is in the journal by its own records.
import type { Outline } from '../../../contract/outline.js';
import type { Person } from '../../../contract/person.js';
import { formatCount, formatDuration } from '../../../contract/format.js';
import type { JsonObject, MimeBundle } from '../../../contract/json.js';
import type { Cell, Completeness, Completions, ExecuteOutcome, Interpreter } from '../../core/ports.js';
import { cellErrorOf } from '../cell-error.js';
import type { Judgements } from './judgements.js';
import type { Lane } from './lane.js';
import { isRunCommand, parseRunCommand, type RunCommand } from './parse-command.js';
import { resumePlanText, rewindPlanText, rollbackPlanText } from './plan-text.js';
import type { Resumer } from './resumer.js';
import type { Rewinder } from './rewinder.js';
import type { Roller } from './roller.js';

/** Who carries the commands out. */
export interface RunCommandParts {
  readonly resumer: Resumer;
  readonly judgements: Judgements;
  readonly rewinder: Rewinder;
  readonly roller: Roller;
  readonly lane: Lane;
  readonly outline: () => Outline;
  /** Releases a phase without the rehearsal that the policy asks for. */
  readonly releasePhase: (phase: string, reason: string, by: Person) => Promise<void>;
  readonly personOf: (cell: Cell) => Person;
  /** Prints under the cell. */
  readonly print: (cellKey: string, text: string) => void;
}

/** An interpreter that carries out line commands, and leaves every other cell to `inner`, one at a time. */
export function interpretRunCommands(inner: Interpreter, parts: RunCommandParts): Interpreter {
  return {
    execute: (cell: Cell, userExpressions: JsonObject): Promise<ExecuteOutcome> =>
      parts.lane.queue('A cell', () =>
        isRunCommand(cell.code) ? execute(cell, parts) : inner.execute(cell, userExpressions)
      ),
    foresee: code => (isRunCommand(code) ? undefined : inner.foresee?.(code)),
    complete: (code, offset): Promise<Completions> => inner.complete(code, offset),
    inspect: (code, offset, detail): Promise<MimeBundle | null> => inner.inspect(code, offset, detail),
    isComplete: async (code): Promise<Completeness> =>
      isRunCommand(code) ? { status: 'complete' } : inner.isComplete(code),
    interrupt: () => inner.interrupt(),
    shutdown: isRestart => inner.shutdown(isRestart)
  };
}

async function execute(cell: Cell, parts: RunCommandParts): Promise<ExecuteOutcome> {
  const startedAt = new Date().toISOString();
  try {
    const command = parseRunCommand(cell.code);
    const say = (text: string): void => parts.print(cell.key, `${text}\n`);
    const handler = HANDLERS[command.kind] as Handler<RunCommand['kind']>;
    await handler({ parts, by: parts.personOf(cell), cell, say }, command);
    return { status: 'ok', startedAt };
  } catch (error) {
    return { status: 'error', startedAt, error: cellErrorOf(error) };
  }
}

interface Asked {
  readonly parts: RunCommandParts;
  readonly by: Person;
  readonly cell: Cell;
  readonly say: (text: string) => void;
}

type Handler<K extends RunCommand['kind']> = (
  asked: Asked,
  command: Extract<RunCommand, { kind: K }>
) => Promise<void>;

const HANDLERS: { readonly [K in RunCommand['kind']]: Handler<K> } = {
  plan: async ({ parts, say }) => say(resumePlanText(await parts.resumer.plan())),
  resume: async ({ parts, by, say }) => {
    const resumed = await parts.resumer.resume(by, {}, ({ title }, index, count) =>
      say(`replay ${index + 1} of ${count}  ${title}`)
    );
    const { next, steps } = await parts.resumer.plan();
    const words =
      resumed.steps === 0
        ? 'Nothing was lost, so there was nothing to bring back.'
        : `The variables of ${formatCount(resumed.steps, 'step')} are back, in ${formatDuration(resumed.durationMs)}.`;
    const title = steps.find(({ step }) => step === next)?.title;
    say(`${words} ${title === undefined ? 'Nothing is left to run.' : `Next: ${title}`}`);
  },
  discard: async ({ parts, by, say }, { step, reason }) => {
    const from = step === '--all' ? null : idOf(parts.outline(), step);
    await parts.judgements.discard(from, reason, by);
    say(from === null ? 'Every step is run again, anew.' : `“${step}” and what follows are run again, anew.`);
  },
  skip: async ({ parts, by, say }, { step, reason }) => {
    await parts.judgements.skip(idOf(parts.outline(), step), reason, by);
    say(`“${step}” is left out: ${reason}`);
  },
  release: async ({ parts, by, say }, { phase, reason }) => {
    const { phases } = parts.outline();
    const found = phases.find(({ id, title }) => title === phase || id === phase);
    await parts.releasePhase(found?.id ?? phase, reason, by);
    say(`“${found?.title ?? phase}” is released against the policy: ${reason}`);
  },
  judge: async ({ parts, by, say }, { effect, judgement, reason }) => {
    await parts.judgements.judge(effect, judgement, reason, by);
    say(`${effect}: ${judgement}. Run its step to go on.`);
  },
  rewind: async ({ parts, by, cell, say }, { checkpoint, reason, isPlan }) => {
    say(rewindPlanText(await parts.rewinder.plan(checkpoint)));
    if (!isPlan) {
      await parts.rewinder.rewind(checkpoint, reason, by, cell);
      say(`The run is back at “${checkpoint}”.`);
    }
  },
  rollback: async ({ parts, by, cell, say }, { step, reason, isPlan }) => {
    const id = step === null ? null : idOf(parts.outline(), step);
    const plan = await parts.roller.plan(id);
    say(rollbackPlanText(plan));
    if (!isPlan) {
      await parts.roller.rollBack(id, reason, by, cell);
      say(id === null ? 'Everything is rolled back.' : `The run is back before “${plan.title}”.`);
    }
  }
};

/** A step by its id or its title. What nobody knows is left to be refused with its name. */
export function idOf(outline: Outline, name: string): string {
  const steps = outline.phases.flatMap(phase => phase.steps);
  return (steps.find(({ id }) => id === name) ?? steps.find(({ title }) => title === name))?.id ?? name;
}
