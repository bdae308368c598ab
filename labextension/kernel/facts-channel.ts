// Asks the kernel of a notebook what texts say of helpers. One for each session, for outline and findings alike, opened at the first need.
import type { ISessionContext } from '@jupyterlab/apputils';
import { UUID } from '@lumino/coreutils';
import {
  LIFECYCLE_COMM,
  type FactsAnswer,
  type LifecycleAnswer,
  type LifecycleRequest
} from '../../contract/comms/lifecycle-comm.js';
import { KernelChannel } from './kernel-channel.js';
import { knownFacts, learnFacts } from './known-facts.js';

/** A kernel that is busy starting answers later; what waits goes on without the facts then. */
const PATIENCE_MS = 3000;

const channels = new WeakMap<ISessionContext, FactsChannel>();

/** The channel of a session. It ends with the session. */
export function factsChannelOf(sessionContext: ISessionContext): FactsChannel {
  const known = channels.get(sessionContext);
  if (known) {
    return known;
  }
  const channel = new FactsChannel(sessionContext);
  channels.set(sessionContext, channel);
  return channel;
}

export class FactsChannel {
  constructor(sessionContext: ISessionContext) {
    this.channel = new KernelChannel<LifecycleRequest, LifecycleAnswer<'facts'>>(sessionContext, {
      target: LIFECYCLE_COMM,
      connected: () => void this.learn(this.sought),
      received: ({ request, result }) => this.take(request, result),
      lost: () => [...this.asked.keys()].forEach(request => this.take(request, null))
    });
    sessionContext.disposed.connect(() => this.channel.dispose());
  }

  /** Resolves when the facts of the texts are known, or the kernel has not told them for a while. A kernel that comes later is asked too. */
  async learn(texts: readonly string[]): Promise<void> {
    const missing = [...new Set(texts)].filter(text => knownFacts(text) === null);
    const request = UUID.uuid4();
    this.sought = missing;
    if (missing.length > 0 && this.channel.send({ request, verb: 'facts', input: { texts: missing } })) {
      await new Promise<void>(resolve => {
        this.asked.set(request, { texts: missing, resolve });
        window.setTimeout(resolve, PATIENCE_MS);
      });
    }
  }

  private readonly channel: KernelChannel<LifecycleRequest, LifecycleAnswer<'facts'>>;
  /** What was sought last: all that counts, because whoever asks looks at the whole notebook. */
  private sought: readonly string[] = [];
  private readonly asked = new Map<string, { readonly texts: readonly string[]; resolve(): void }>();

  private take(request: string, result: FactsAnswer | null): void {
    const asked = this.asked.get(request);
    this.asked.delete(request);
    if (asked && result) {
      learnFacts(asked.texts, result.facts);
    }
    asked?.resolve();
  }
}
