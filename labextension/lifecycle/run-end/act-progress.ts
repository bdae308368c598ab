// How the acts on whole runs are going that this page began: for the panel, which shows each where it is offered.
import { Signal, type ISignal } from '@lumino/signaling';
import type { ActState, IActProgress } from '../../tokens.js';

export class ActProgress implements IActProgress {
  get changed(): ISignal<IActProgress, void> {
    return this.signal;
  }

  stateOf(run: string, command: string): ActState | null {
    return this.states.get(run)?.get(command) ?? null;
  }

  /** Does `act` and shows `doing` meanwhile, then its text, or what `fault` says of its error, which goes on to the caller. */
  async during(
    run: string,
    command: string,
    doing: string,
    act: () => Promise<string>,
    fault: (error: unknown) => string
  ): Promise<void> {
    this.set(run, command, { status: 'running', text: doing });
    try {
      this.set(run, command, { status: 'passed', text: await act() });
    } catch (error) {
      this.set(run, command, { status: 'failed', text: fault(error) });
      throw error;
    }
  }

  forget(run: string): void {
    if (this.states.delete(run)) {
      this.signal.emit();
    }
  }

  private readonly signal = new Signal<IActProgress, void>(this);
  private readonly states = new Map<string, Map<string, ActState>>();

  private set(run: string, command: string, state: ActState): void {
    const states = this.states.get(run) ?? new Map<string, ActState>();
    this.states.set(run, states.set(command, state));
    this.signal.emit();
  }
}
