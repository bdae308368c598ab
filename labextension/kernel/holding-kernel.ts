// Two pages that open a notebook at the same moment make Jupyter start two kernels for it: the second finds the journal locked and is
// refused. Its page goes over to the kernel that holds the journal, which the refusal names, and the server ends the one that it leaves.
// Trick: only the holder is gone to, never another kernel of the same notebook, so that two pages cannot change places for ever.
import type { ISessionContext } from '@jupyterlab/apputils';
import { KernelAPI } from '@jupyterlab/services';
import type { Refusal } from '../../contract/comms/comm.js';
import { waitMs } from './our-kernel.js';

/** What a page can do about its kernel. */
export interface KernelChoice {
  /** Id of the attached kernel; null when there is none. */
  attached(): string | null;
  /** Whether a kernel runs on the server of this page. */
  isRunning(kernel: string): Promise<boolean>;
  /** Attaches it; the page speaks to it by itself then. */
  goOverTo(kernel: string): Promise<void>;
  /** Speaks to the attached kernel once more. */
  askAgain(): void;
  /** The kernel does not keep this run, and why. */
  refused(why: string): void;
  wait(ms: number): Promise<void>;
  /** Milliseconds since 1970. */
  now(): number;
}

/** A holder that is no kernel of this server may be one that ends, as those of a server that has died do, or a command that is at work. */
const PAUSES_MS: readonly number[] = [0, 500, 1000, 2000, 4000];

/** The attached kernel does not keep the run of this notebook; another one may. */
export async function refused(
  refusal: Refusal,
  sessionContext: ISessionContext,
  channel: { connect(): Promise<void> },
  store: { refuse(why: string): void }
): Promise<void> {
  const known = kernels.get(sessionContext) ?? holdingKernelOf(sessionContext, channel, store);
  kernels.set(sessionContext, known);
  await known.refused(refusal);
}

const kernels = new WeakMap<ISessionContext, HoldingKernel>();

function holdingKernelOf(
  sessionContext: ISessionContext,
  channel: Parameters<typeof refused>[2],
  store: Parameters<typeof refused>[3]
): HoldingKernel {
  return new HoldingKernel({
    attached: () => (sessionContext.isDisposed ? null : (sessionContext.session?.kernel?.id ?? null)),
    isRunning: async kernel => {
      const settings = sessionContext.session?.kernel?.serverSettings;
      return (await KernelAPI.getKernelModel(kernel, settings)) !== undefined;
    },
    goOverTo: async id => void (await sessionContext.session?.changeKernel({ id })),
    askAgain: () => void channel.connect(),
    refused: why => store.refuse(why),
    wait: waitMs,
    now: () => Date.now()
  });
}

/** After that time without a refusal, the next one has a cause of its own. */
const QUIET_MS = 30_000;

/** What one page does while its kernel is refused. */
export class HoldingKernel {
  constructor(private readonly choice: KernelChoice) {}

  /** The kernel has closed the comm. */
  async refused({ reason, error }: Refusal): Promise<void> {
    this.tries = this.choice.now() - this.lastAt > QUIET_MS ? 0 : this.tries;
    this.lastAt = this.choice.now();
    const pause = error?.code === LOCKED ? PAUSES_MS[this.tries++] : undefined;
    if (pause === undefined) {
      this.choice.refused([reason, error?.hint].filter(Boolean).join(' '));
      return;
    }
    const refused = this.choice.attached();
    await this.choice.wait(pause);
    const holder = error?.fields?.['kernel'];
    if (refused === null || this.choice.attached() !== refused) {
      return; // another one is attached, and is asked by whoever has attached it
    }
    const isGone =
      typeof holder === 'string' &&
      holder !== refused &&
      (await this.choice.isRunning(holder).catch(() => false)) &&
      (await this.choice.goOverTo(holder).then(
        () => true,
        () => false
      ));
    if (!isGone) {
      this.choice.askAgain();
    }
  }

  private tries = 0;
  private lastAt = 0;
}

const LOCKED = 'journal.locked';
