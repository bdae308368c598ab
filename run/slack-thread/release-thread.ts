// Keeps the thread of a run in Slack while its kernel lives: what the journal says is posted and edited behind the run's back. Nothing of
// the run waits for it. When Slack does not answer, this is said once, and what is missing follows when it answers again. What it needs is
// loaded with the first message, so that a kernel starts without it.
import { setTimeout as sleep } from 'node:timers/promises';
import type { JournalRecord } from '../../contract/journal/journal.js';
import { isTold } from '../../lifecycle/slack-thread/is-told.js';
import type { ThreadMessages } from '../../lifecycle/slack-thread/thread-messages.js';
import type { NotebookFile } from '../keeper/notebook-file.js';
import type { RunKeeper } from '../keeper/run-keeper.js';
import type { KnownRun } from '../profile/known-run.js';

/** What it is made of. */
export interface ReleaseThreadParts {
  readonly keeper: Pick<RunKeeper, 'subscribe' | 'read' | 'state'>;
  /** Null in a console, whose run nobody is told of. */
  readonly notebook: Pick<NotebookFile, 'path'> | null;
  readonly known: Pick<KnownRun, 'info'> & { readonly profile: Pick<KnownRun['profile'], 'loaded'> };
  readonly mask: (text: string) => string;
  /** Tells the people of the run, once for each time that Slack stops answering. */
  readonly say: (notice: string) => void;
  readonly log: (line: string) => void;
  /** The time between two calls of Slack, in milliseconds. @default 1200 */
  readonly paceMs?: number;
  /** How long it waits after a failure; each further failure doubles it up to 5 minutes. In milliseconds. @default 5000 */
  readonly retryMs?: number;
  /** What the last messages of a kernel that ends may take, in milliseconds: a server that restarts one waits five seconds. @default 3000 */
  readonly lastMs?: number;
}

const LONGEST_RETRY_MS = 300_000;

/** The thread of the run of one kernel. */
export class ReleaseThread {
  readonly #parts: ReleaseThreadParts;
  readonly #ending = new AbortController();
  readonly #last = new AbortController();
  /** Null until the journal was read, and when it has to be read again. */
  #messages: ThreadMessages | null = null;
  /** What was recorded while it is read; null while it is not. */
  #unread: JournalRecord[] | null = null;
  /** Where the notebook was when the thread was told last; null before. */
  #path: string | null = null;
  #isBehind = false;
  #hasFailed = false;
  #working: Promise<void> | null = null;

  constructor(parts: ReleaseThreadParts) {
    this.#parts = parts;
    parts.keeper.subscribe(record => this.#note(record));
  }

  /** Tells what is left to tell, for a few seconds at most. */
  async close(): Promise<void> {
    this.#ending.abort();
    const timer = setTimeout(() => this.#last.abort(), this.#parts.lastMs ?? 3000);
    await this.#working;
    clearTimeout(timer);
    if (this.#isBehind) {
      this.#parts.log(
        'Not everything was posted to Slack. The next kernel of the run posts it, and so does: launchbook status RUN.ipynb --post slack'
      );
    }
  }

  #note(record: JournalRecord): void {
    if (!this.#isTold()) {
      return;
    }
    if (this.#unread) {
      this.#unread.push(record);
    } else if (this.#messages && record.seq > this.#messages.seq) {
      this.#isBehind = this.#messages.take(record) || this.#isBehind;
    } else {
      // Not read yet, or another journal than the one that was read.
      this.#messages = null;
      this.#isBehind = true;
    }
    if (this.#isBehind) {
      this.#working ??= this.#work();
    }
  }

  #isTold(): boolean {
    const { notebook, known } = this.#parts;
    const { loaded } = known.profile;
    return notebook !== null && loaded !== null && known.info !== null && isTold(loaded, known.info.mode);
  }

  async #work(): Promise<void> {
    const { retryMs = 5000, log } = this.#parts;
    for (let failures = 0; this.#isBehind;) {
      try {
        await this.#tell();
        failures = 0;
        if (this.#hasFailed) {
          this.#hasFailed = false;
          log('Slack takes the messages of the run again.');
        }
      } catch (error) {
        this.#isBehind = true;
        if (this.#ending.signal.aborted) {
          break;
        }
        this.#complain(error);
        await this.#pause(Math.min(retryMs * 2 ** failures++, LONGEST_RETRY_MS));
      }
      if (this.#last.signal.aborted) {
        break;
      }
    }
    this.#working = null;
  }

  async #tell(): Promise<void> {
    const [{ bringUpToDate, PACE_MS }, { threadFileOf }, { deliver }] = await Promise.all([
      import('../../lifecycle/slack-thread/bring-up-to-date.js'),
      import('../../lifecycle/slack-thread/thread-place.js'),
      import('../../runbook/slack/deliver.js')
    ]);
    const { notebook, known, paceMs = PACE_MS } = this.#parts;
    await this.#follow(notebook!.path);
    const messages = this.#messages ?? (this.#messages = await this.#read());
    const slack = known.profile.loaded!.slack!;
    const { signal } = this.#last;
    // What is recorded from here on is told the next time.
    this.#isBehind = false;
    await bringUpToDate(messages.all(), {
      file: threadFileOf(notebook!.path),
      identity: { run: known.info!.id, openedAt: messages.openedAt },
      channel: slack.channel ?? '',
      canEdit: slack.webhook === null,
      send: delivery => deliver(slack, delivery, signal),
      pause: () => this.#pause(paceMs),
      signal
    });
    this.#isBehind ||= signal.aborted;
  }

  /** A notebook that was renamed takes its thread along; its steps have other addresses then. */
  async #follow(path: string): Promise<void> {
    if (this.#path !== null && this.#path !== path) {
      const { moveThread } = await import('../../lifecycle/slack-thread/thread-place.js');
      moveThread(this.#path, path);
      this.#messages = null;
    }
    this.#path = path;
  }

  /** Everything that the journal says. */
  async #read(): Promise<ThreadMessages> {
    const { keeper, notebook, known, mask } = this.#parts;
    const [{ ThreadMessages: Messages }, { writerFor }] = await Promise.all([
      import('../../lifecycle/slack-thread/thread-messages.js'),
      import('../../lifecycle/slack-thread/thread-of-profile.js')
    ]);
    const messages = new Messages(writerFor(known.profile.loaded!, notebook!.path, mask));
    const unread = (this.#unread = []) as JournalRecord[];
    try {
      for await (const record of keeper.read()) {
        messages.take(record);
      }
    } finally {
      this.#unread = null;
    }
    unread.filter(({ seq }) => seq > messages.seq).forEach(record => messages.take(record));
    return messages;
  }

  /** Until then, or until the kernel ends. */
  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#ending.signal }).catch(() => undefined);
  }

  #complain(error: unknown): void {
    if (!this.#hasFailed) {
      this.#hasFailed = true;
      const { say, log, mask } = this.#parts;
      const why = mask(error instanceof Error ? error.message : String(error));
      log(`The run is not told in Slack for now: ${why}`);
      say(
        `Slack does not take the messages of this run: ${why} The run goes on; what is missing is posted when Slack takes it.`
      );
    }
  }
}
