// `background`: work that continues while later steps run, such as a port-forward. It is shown, has a name, can be ended and is recorded.
import { LaunchbookError, toErrorRecord } from '../../contract/base/error.js';
import { didYouMean } from '../../contract/base/did-you-mean.js';
import { ports } from '../context.js';
import { insideEffect } from '../effect/effect-place.js';
import type { Ports } from '../ports.js';
import { UsageError } from '../errors/usage-error.js';
import { faultsOfValue, refuseFaults } from '../usage/check-options.js';
import { callback, required, text } from '../usage/rules.js';

/** Work that runs in the background. */
export interface BackgroundWork {
  /** The name that it was begun under. */
  readonly name: string;
  /** True until it has ended, by itself or because it was ended. */
  readonly isRunning: boolean;
  /**
   * Ends it, and resolves when it has ended. Does nothing when it has. On resume there is nothing left to end.
   *
   * @throws whatever keeps its end from being recorded.
   * @example
   * const forward = await background('port-forward', () => $`kubectl port-forward svc/orders 8080:80`)
   * await forward.end() // undefined; forward.isRunning is false
   */
  end(): Promise<void>;
}

/** The type of {@link background}. */
export interface Background {
  /**
   * Begins work that the step does not wait for. Recorded: on resume work that has ended is not begun again.
   *
   * @param name - Unique while it runs; not empty.
   * @param work - What goes on. Helpers inside it print below the step that began it. It keeps the values that the names of the notebook have
   * now; what later cells shall tell it belongs into an object.
   * @throws {@link UsageError} for a faulty call, or a name under which something runs already. Nothing is begun.
   * @example
   * await background('port-forward', () => $`kubectl port-forward svc/orders 8080:80`) // { name: 'port-forward', isRunning: true, … }
   */
  (name: string, work: () => unknown): Promise<BackgroundWork>;
  /**
   * Ends the work of this name, begun by whichever step, and resolves when it has ended.
   *
   * On resume, and in a dry run, it does nothing for work that was not begun.
   * @param name - That it was begun under.
   * @throws {@link UsageError} when nothing runs under this name, naming what does.
   * @example
   * await background.end('port-forward') // undefined; its end is on record
   */
  end(name: string): Promise<void>;
}

/**
 * Begins work that the step does not wait for, under a name that is unique while it runs. What it prints appears below the step that
 * began it. Names of the notebook that it reads keep the values that they have now. It ends by itself, by `end()`, when the step that began it is interrupted or rolled back, and with the kernel, never later.
 *
 * Recorded: its beginning and its end, with what ended it; on resume work that has ended is not begun again. When the kernel died in
 * between, a person says how it ended: `again` begins it again, `passed` continues without it.
 *
 * @throws {@link UsageError} for a faulty call, or a name under which something runs already. Nothing is begun.
 * @example
 * const forward = await background('port-forward', () => $`kubectl port-forward svc/orders 8080:80`)
 * await http.get('http://localhost:8080/health')
 * // in a later step
 * await background.end('port-forward')
 */
export const background: Background = Object.assign(begin, { end: endByName });

/** What runs, and what was not begun because its end is on record or nothing is done in a dry run. */
const registers = new WeakMap<Ports, Map<string, BackgroundWork>>();

async function begin(name: string, work: () => unknown): Promise<BackgroundWork> {
  refuseFaults('background', [
    ...faultsOfValue('The name', name, required(text)),
    ...faultsOfValue('The work', work, required(callback))
  ]);
  const register = registerOf();
  if (register.get(name)?.isRunning) {
    throw new UsageError(`“${name}” runs in the background already; nothing was begun.`, {
      hint: `End it first: await background.end('${name}')`
    });
  }
  const { run } = ports().keep(work);
  const opened = await ports().effects.open({
    helper: 'background',
    label: name,
    request: { name },
    empty: null
  });
  if (opened === null) {
    const ended = Object.freeze({ name, isRunning: false, end: async () => undefined });
    register.set(name, ended); // a later step may end it by its name
    return ended;
  }
  const { id, settle } = opened;
  let isRunning = true;
  let endedBy = 'itself';
  const branch = ports().branch(() => insideEffect(id, async () => run()), { outlivesCell: true });
  const { display } = ports();
  const ended = branch.result.then(
    () => settle('passed', { endedBy }),
    async (error: unknown) => {
      const isWanted = endedBy !== 'itself';
      if (!isWanted) {
        display.write(
          'stderr',
          `[launchbook] “${name}” in the background has failed: ${toErrorRecord(error).message}\n`
        );
      }
      await settle(
        isWanted ? 'passed' : 'failed',
        isWanted ? { endedBy } : { error: { ...toErrorRecord(error) } }
      );
    }
  );
  const gone = ended.finally(() => {
    isRunning = false;
    register.delete(name);
  });
  const running: BackgroundWork = {
    name,
    get isRunning() {
      return isRunning;
    },
    end: async () => {
      if (isRunning) {
        endedBy = 'the runbook';
        branch.stop(new BackgroundEndedError(name));
        await gone;
      }
    }
  };
  gone.catch(() => undefined); // who ends it hears of it
  register.set(name, running);
  display.write('stdout', `▶ ${name} runs in the background\n`);
  return running;
}

async function endByName(name: string): Promise<void> {
  refuseFaults('background.end', faultsOfValue('The name', name, required(text)));
  const register = registerOf();
  const running = register.get(name);
  if (!running) {
    const names = [...register.keys()];
    throw new UsageError(
      `Nothing runs in the background under the name '${name}'.${didYouMean(name, names)} Running: ${names.join(', ') || 'nothing'}.`
    );
  }
  await running.end();
}

/** Ends what these steps have begun, because they are rolled back. */
export async function endBackground(names: readonly string[]): Promise<void> {
  const register = registerOf();
  await Promise.all(names.flatMap(name => register.get(name)?.end() ?? []));
}

function registerOf(): Map<string, BackgroundWork> {
  const key = ports();
  const register = registers.get(key) ?? new Map<string, BackgroundWork>();
  registers.set(key, register);
  return register;
}

/** The reason of the abort signal of work that was ended on purpose. */
class BackgroundEndedError extends LaunchbookError {
  constructor(name: string) {
    super(`“${name}” was ended.`, { code: 'background.ended' });
  }
}
