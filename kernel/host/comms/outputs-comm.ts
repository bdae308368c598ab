// The kernel's end of the comm `launchbook.outputs`: first what the journal holds of an attempt, then what comes. Outputs that are
// recorded while the journal is being read wait until it has been read, so that nothing is left out and nothing is sent twice.
import type { Json } from '../../../contract/base/json.js';
import type { JournalRecord } from '../../../contract/journal/journal.js';
import type { OutputSpan, OutputsRecorded } from '../../../contract/notebook/output.js';
import {
  isOutputsRequest,
  OUTPUTS_COMM_PATIENCE_MS,
  type OutputsAnswer,
  type WantedOutputs
} from '../../../contract/comms/outputs-comm.js';
import type { Comm, CommTarget } from '../../core/ports/ports.js';
import type { RunKeeper } from '../../../run/keeper/run-keeper.js';

/** A message to a browser stays about this small, in characters of text. */
const MESSAGE_LENGTH = 512 * 1024;

/** An attempt that a comm follows. */
interface Followed {
  /** How many of its outputs are sent. */
  upTo: number;
  /** What comes while the journal is read; null afterwards. */
  waiting: OutputSpan[] | null;
}

interface Follower {
  readonly comm: Comm;
  readonly attempts: Map<string, Followed>;
  heardMs: number;
}

/** Serves every front end that opens the comm. */
export class OutputsComm implements CommTarget {
  readonly #keeper: RunKeeper;
  readonly #now: () => number;
  readonly #followers = new Set<Follower>();

  constructor(keeper: RunKeeper, now: () => number = Date.now) {
    this.#keeper = keeper;
    this.#now = now;
    keeper.subscribe(record => record.kind === 'output' && this.#tell(spanOf(record)));
  }

  open(comm: Comm): void {
    const follower: Follower = { comm, attempts: new Map(), heardMs: this.#now() };
    this.#followers.add(follower);
    comm.onClose(() => this.#followers.delete(follower));
    comm.onMessage(message => this.#receive(follower, message));
  }

  #receive(follower: Follower, message: unknown): void {
    if (isOutputsRequest(message)) {
      follower.heardMs = this.#now();
      this.#followers.add(follower);
      if (message.type === 'follow') {
        void this.#follow(follower, message.wanted);
      }
    }
  }

  async #follow(follower: Follower, wanted: readonly WantedOutputs[]): Promise<void> {
    for (const { step, attempt, from } of wanted) {
      follower.attempts.set(keyOf(step, attempt), { upTo: from, waiting: [] });
    }
    try {
      await this.#keeper.show();
      const found = await collect(this.#keeper.read('output'), wanted);
      for (const message of inMessages(found)) {
        send(follower.comm, message);
      }
      for (const span of found) {
        this.#catchUp(follower, span);
      }
    } catch (error) {
      follower.comm.close({ reason: String(error) });
    }
  }

  #catchUp(follower: Follower, { step, attempt, upTo }: OutputSpan): void {
    const followed = follower.attempts.get(keyOf(step, attempt));
    if (followed?.waiting) {
      const { waiting } = followed;
      followed.upTo = upTo;
      followed.waiting = null;
      waiting.forEach(span => pass(follower, followed, span));
    }
  }

  #tell(span: OutputSpan): void {
    const deadMs = this.#now() - OUTPUTS_COMM_PATIENCE_MS;
    for (const follower of this.#followers) {
      const followed = follower.attempts.get(keyOf(span.step, span.attempt));
      if (follower.heardMs < deadMs) {
        // It asks again when it lives after all.
        this.#followers.delete(follower);
        follower.comm.close({ reason: 'The page has not been heard of.' });
      } else if (followed?.waiting) {
        followed.waiting.push(span);
      } else if (followed) {
        pass(follower, followed, span);
      }
    }
  }
}

function pass({ comm }: Follower, followed: Followed, span: OutputSpan): void {
  const news = after(span, followed.upTo);
  if (news) {
    followed.upTo = news.upTo;
    send(comm, [news]);
  }
}

/** The journal's outputs of every wanted attempt, in the order asked for. */
async function collect(
  records: AsyncIterable<JournalRecord>,
  wanted: readonly WantedOutputs[]
): Promise<OutputSpan[]> {
  const spans = new Map(
    wanted.map(({ step, attempt, from }) => [
      keyOf(step, attempt),
      { step, attempt, from, upTo: from, outputs: [] }
    ])
  );
  for await (const record of records) {
    if (record.kind === 'output') {
      const key = keyOf(record.step, record.attempt);
      const before = spans.get(key);
      const news = before && after(spanOf(record), before.upTo);
      if (news) {
        (before.outputs as OutputSpan['outputs'][number][]).push(...news.outputs);
        spans.set(key, { ...before, upTo: news.upTo });
      }
    }
  }
  return [...spans.values()];
}

/** The part of a span after the first `upTo` outputs; null when there is none. */
function after(span: OutputSpan, upTo: number): OutputSpan | null {
  if (span.upTo <= upTo) {
    return null;
  }
  const known = Math.max(0, upTo - span.from);
  return { ...span, from: span.from + known, outputs: span.outputs.slice(known) };
}

function spanOf({ step, attempt, upTo, outputs }: OutputsRecorded): OutputSpan {
  return { step, attempt, from: upTo - outputs.length, upTo, outputs };
}

function* inMessages(spans: readonly OutputSpan[]): Generator<readonly OutputSpan[]> {
  let message: OutputSpan[] = [];
  let length = 0;
  for (const span of spans) {
    message.push(span);
    length += JSON.stringify(span.outputs).length;
    if (length > MESSAGE_LENGTH) {
      yield message;
      message = [];
      length = 0;
    }
  }
  if (message.length > 0) {
    yield message;
  }
}

function keyOf(step: string, attempt: number): string {
  return `${attempt}:${step}`;
}

function send(comm: Comm, spans: readonly OutputSpan[]): void {
  comm.send({ type: 'outputs', spans } satisfies OutputsAnswer as unknown as Json);
}
