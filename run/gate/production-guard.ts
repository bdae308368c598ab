// The guard of production: before the first step of a live run the name of the environment is typed. An input request asks for it in
// every client; a front end of ours may answer by message. No answer, a wrong one, or no way to ask: nothing runs.
import type { Person } from '../../contract/base/person.js';
import type { RunInfo } from '../../contract/base/run.js';
import type { Cell, StdinPort } from '../ports.js';
import { makeError } from '../make-error.js';
import type { Profile } from '../profile/profile.js';
import type { RunKeeper } from '../keeper/run-keeper.js';

/** What the guard works with. */
export interface GuardParts {
  readonly keeper: RunKeeper;
  readonly run: () => RunInfo | null;
  readonly profile: Pick<Profile, 'isProduction' | 'mayBeProduction'>;
  readonly stdin: StdinPort;
}

/** A name that has to be typed. */
export interface AwaitedName {
  readonly environment: string;
  /** Whose step waits for it. */
  readonly by: Person;
}

/** Called when a cell waits for the name, and when none does any more. */
type WaitingListener = (awaited: AwaitedName, isWaiting: boolean) => void;

/** Asks once in a run. */
export class ProductionGuard {
  readonly #parts: GuardParts;
  readonly #listeners = new Set<WaitingListener>();
  #answered = new AbortController();
  #waiting: AwaitedName[] = [];

  constructor(parts: GuardParts) {
    this.#parts = parts;
  }

  /** Returns when the name was typed, now or earlier in this run; throws otherwise. */
  async pass(cell: Cell, by: Person): Promise<void> {
    this.#refuseRehearsal();
    const environment = this.#environment();
    if (environment === null) {
      return;
    }
    await this.#parts.keeper.open();
    if (this.#isConfirmed(environment)) {
      return;
    }
    const typed = await this.#ask(cell, { environment, by });
    if (!this.#isConfirmed(environment)) {
      await this.confirm(typed ?? '', by);
    }
  }

  /** Tells `listen` from now on. */
  subscribe(listen: WaitingListener): void {
    this.#listeners.add(listen);
  }

  /** The name that a step waits for at this moment, or null. */
  get awaited(): AwaitedName | null {
    return this.#waiting[0] ?? null;
  }

  /** Takes the typed name. Throws when it is another one. */
  async confirm(typed: string, by: Person): Promise<void> {
    const environment = this.#environment();
    if (environment === null) {
      throw makeError('GuardError', 'guard.not_needed', 'This notebook is no live run in production.');
    }
    if (typed.trim() !== environment) {
      throw makeError(
        'GuardError',
        'guard.wrong_name',
        `“${typed.trim().slice(0, 80)}” was typed, expected the name of the environment, “${environment}”; nothing of the cell has run.`,
        'Type the name as it is written in launchbook.yml; a cell that has ended is run again first.'
      );
    }
    await this.#parts.keeper.append({ kind: 'environment-confirmed', environment, by });
    this.#answered.abort();
    this.#answered = new AbortController();
  }

  /** A rehearsal asks nobody, and what it does is real. */
  #refuseRehearsal(): void {
    const run = this.#parts.run();
    if (run?.mode === 'rehearsal' && this.#parts.profile.isProduction) {
      throw makeError(
        'GuardError',
        'guard.rehearsal_in_production',
        `This run is a rehearsal, and ${run.environment} is a production environment: a rehearsal has real effects, without the rules of a live run. Nothing of the cell has run.`,
        'Make a live run for production, a dry run to see what would be done, or a rehearsal in a lower environment.'
      );
    }
  }

  async #ask(cell: Cell, awaited: AwaitedName): Promise<string | null> {
    const { environment } = awaited;
    if (!cell.allowsStdin) {
      throw makeError(
        'GuardError',
        'guard.unanswered',
        `This is the first step of a live run in ${environment}; its name must be typed, and this client cannot ask; nothing of the cell has run.`,
        'Run the cell in a client that takes input, such as JupyterLab.'
      );
    }
    this.#waiting.push(awaited);
    this.#tell(awaited);
    const answered = this.#answered.signal;
    try {
      const prompt = `This is a live run in ${environment}. Type ${environment} to go on: `;
      return await this.#parts.stdin.ask(cell.key, prompt, false, answered);
    } catch (error) {
      if (answered.aborted) {
        return null;
      }
      throw error;
    } finally {
      this.#waiting = this.#waiting.filter(each => each !== awaited);
      this.#tell(awaited);
    }
  }

  #tell(last: AwaitedName): void {
    this.#listeners.forEach(listen => listen(this.awaited ?? last, this.awaited !== null));
  }

  #environment(): string | null {
    const run = this.#parts.run();
    return run?.mode === 'live' && this.#parts.profile.mayBeProduction ? run.environment : null;
  }

  #isConfirmed(environment: string): boolean {
    return this.#parts.keeper.state.guard?.environment === environment;
  }
}
