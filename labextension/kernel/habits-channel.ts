// Asks the kernel of a run how long its steps usually take. One for each session, for panel and notifications alike.
import type { ISessionContext } from '@jupyterlab/apputils';
import { UUID } from '@lumino/coreutils';
import { Signal, type ISignal } from '@lumino/signaling';
import {
  LIFECYCLE_COMM,
  type LifecycleAnswer,
  type LifecycleRequest
} from '../../contract/comms/lifecycle-comm.js';
import type { Habits } from '../../contract/state/habits.js';
import { KernelChannel } from './kernel-channel.js';

const channels = new WeakMap<ISessionContext, HabitsChannel>();

/** The channel of a session. It ends with the session. */
export function habitsChannelOf(sessionContext: ISessionContext): HabitsChannel {
  const known = channels.get(sessionContext) ?? new HabitsChannel(sessionContext);
  channels.set(sessionContext, known);
  return known;
}

export class HabitsChannel {
  constructor(sessionContext: ISessionContext) {
    const channel = new KernelChannel<LifecycleRequest, LifecycleAnswer<'habits'>>(sessionContext, {
      target: LIFECYCLE_COMM,
      connected: () => {
        // The kernel runs in the notebook's folder.
        const run = sessionContext.path.split('/').at(-1) ?? '';
        channel.send({ request: UUID.uuid4(), verb: 'habits', input: { run } });
      },
      received: ({ result }) => {
        this.habits = result ?? NONE;
        this.signal.emit();
      },
      lost: () => undefined
    });
    sessionContext.disposed.connect(() => channel.dispose());
  }

  /** What the kernel has said last; none before. */
  habits: Habits = NONE;

  get changed(): ISignal<HabitsChannel, void> {
    return this.signal;
  }

  private readonly signal = new Signal<HabitsChannel, void>(this);
}

const NONE: Habits = { steps: {} };
