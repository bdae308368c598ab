// The run of one open notebook: joins the store, the comm, the outline of the live document and the journal file.
import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { INotebookModel } from '@jupyterlab/notebook';
import type { Contents, User } from '@jupyterlab/services';
import { UUID } from '@lumino/coreutils';
import { Signal, type ISignal } from '@lumino/signaling';
import type { RunInfo } from '../../contract/base/run.js';
import { COMM_VERSION } from '../../contract/base/version.js';
import {
  RUN_COMM,
  type AnswerMessage,
  type ClientMessage,
  type KernelMessage,
  type Refusal,
  type RequestBody,
  type RequestMessage,
  type RunHello
} from '../../contract/comms/comm.js';
import type { JournalRecord } from '../../contract/journal/journal.js';
import { METADATA_KEY, runIn } from '../../contract/notebook/notebook.js';
import { EMPTY_OUTLINE, type Outline } from '../../contract/notebook/outline.js';
import type { PhaseRehearsal } from '../../contract/rehearsal/phase-rehearsal.js';
import { lastAttemptOf, type RunState } from '../../contract/state/state.js';
import { factsChannelOf } from '../kernel/facts-channel.js';
import { KernelChannel } from '../kernel/kernel-channel.js';
import { waitMs } from '../kernel/our-kernel.js';
import { preferKernelOf } from '../kernel/own-kernel.js';
import type { IRunModel, Session, StateSource } from '../tokens.js';
import { vouchFor } from './ask-vouch.js';
import { DocumentOutline } from './document-outline.js';
import { journalTextOf } from './journal-file.js';
import { stateOfJournal } from './journal-text.js';
import { RunStore } from './run-store.js';
import { requestFrame } from '../page/pointer.js';
import { WritingPage } from './writing-page.js';

const SIGN_OF_LIFE_MS = 30_000;
const ANSWER_PATIENCE_S = 15;
/** These run cells or wait for people, so they have no time-out. */
const LONG_WORK: ReadonlySet<RequestMessage['type']> = new Set(['resume', 'roll-back']);
/** When the journal of a kernel that has gone is read again, counted from the last reading. */
const JOURNAL_PAUSES_MS: readonly number[] = [1000, 3000, 10_000];
const UNSETTLED: ReadonlySet<string> = new Set(['running', 'waiting']);
/** One id for this page: the kernel drops the comms of the page that was here before. */
const PAGE = UUID.uuid4();

/** What a run of a notebook works with. */
export interface NotebookRunOptions {
  readonly context: DocumentRegistry.IContext<INotebookModel>;
  readonly user: User.IManager;
  readonly contents: Contents.IManager;
  /** True when no other page is connected to the kernel of this notebook. */
  readonly isAlone: () => Promise<boolean>;
}

export class NotebookRun implements IRunModel {
  constructor(private readonly options: NotebookRunOptions) {
    this.changedSignal = new Signal<this, void>(this);
    this.advancedSignal = new Signal<this, JournalRecord | null>(this);
    this.writerSignal = new Signal<this, void>(this);
    this.store = new RunStore(
      {
        send: message => this.channel?.send(message) ?? false,
        advanced: record => this.announce(record),
        sentChanged: () => this.scheduleFrame(),
        resync: () => void this.channel?.connect()
      },
      PAGE
    );
    options.context.disposed.connect(() => this.dispose());
    // The kernel, which has the journal, follows.
    options.context.pathChanged.connect(() => void this.channel?.connect(), this);
    void options.context.ready.then(() => this.begin());
  }

  get state(): RunState {
    return this.store.state;
  }

  get source(): StateSource {
    return this.store.source;
  }

  get session(): Session {
    return this.store.session;
  }

  get rehearsals(): readonly PhaseRehearsal[] {
    return this.store.rehearsals;
  }

  get run(): RunInfo | null {
    return this.state.run ?? this.runOfDocument();
  }

  get outline(): Outline {
    return this.documentOutline?.current ?? EMPTY_OUTLINE;
  }

  get changed(): ISignal<IRunModel, void> {
    return this.changedSignal;
  }

  get advanced(): ISignal<IRunModel, JournalRecord | null> {
    return this.advancedSignal;
  }

  get writerChanged(): ISignal<IRunModel, void> {
    return this.writerSignal;
  }

  writes(step: string): boolean {
    return this.writingPage?.writes(lastAttemptOf(this.state, step)?.client) ?? true;
  }

  async ask(body: RequestBody): Promise<AnswerMessage> {
    const bare = { ...body, request: UUID.uuid4() };
    const message = { ...bare, ...(await this.vouchFor(bare)) } as RequestMessage;
    const timer = LONG_WORK.has(message.type)
      ? 0
      : window.setTimeout(
          () => this.store.expire(message.request, ANSWER_PATIENCE_S),
          ANSWER_PATIENCE_S * 1000
        );
    try {
      return await this.store.ask(message);
    } finally {
      window.clearTimeout(timer);
    }
  }

  texts(): { readonly [cell: string]: string } {
    return this.documentOutline?.texts() ?? {};
  }

  sentDecision(approval: string): 'approved' | 'rejected' | null {
    const sent = this.store
      .unconfirmed()
      .find(message => message.type === 'decide' && message.approval === approval);
    return sent?.type === 'decide' ? sent.decision : null;
  }

  sentTick(checklist: string, item: number): boolean | null {
    const sent = this.store
      .unconfirmed()
      .findLast(
        message => message.type === 'tick' && message.checklist === checklist && message.item === item
      );
    return sent?.type === 'tick' ? sent.ticked : null;
  }

  dispose(): void {
    this.isDisposed = true;
    this.channel?.dispose();
    this.writingPage?.dispose();
    this.documentOutline?.dispose();
    window.cancelAnimationFrame(this.frame);
    this.stopShowingLife();
    Signal.clearData(this);
  }

  private readonly store: RunStore;
  private readonly changedSignal: Signal<this, void>;
  private readonly advancedSignal: Signal<this, JournalRecord | null>;
  private readonly writerSignal: Signal<this, void>;
  /** Null where nobody shares the document. */
  private writingPage: WritingPage | null = null;
  private channel: KernelChannel<ClientMessage, KernelMessage> | null = null;
  private documentOutline: DocumentOutline | null = null;
  private isDisposed = false;
  private frame = 0;
  private signOfLife = 0;

  private vouchFor(message: object): ReturnType<typeof vouchFor> {
    return vouchFor(message, this.options.context.sessionContext.session?.kernel);
  }

  private begin(): void {
    const { context } = this.options;
    if (this.isDisposed) {
      return;
    }
    preferKernelOf(context, this.runOfDocument() !== null);
    if (context.model.collaborative) {
      this.writingPage = new WritingPage({
        presence: context.model.sharedModel.awareness,
        page: PAGE,
        isAlone: this.options.isAlone,
        changed: () => {
          this.writerSignal.emit();
          this.scheduleFrame();
        }
      });
    }
    this.documentOutline = new DocumentOutline(context.model, {
      outlineChanged: () => this.scheduleFrame(),
      isConnected: () => this.source === 'kernel',
      learn: texts => factsChannelOf(context.sessionContext).learn(texts),
      sourcesChanged: (outline, sources) => this.channel?.send({ type: 'outline', outline, ...sources }),
      metadataChanged: () => this.scheduleFrame()
    });
    this.channel = new KernelChannel<ClientMessage, KernelMessage>(context.sessionContext, {
      target: RUN_COMM,
      isGreeted: true,
      isShared: true,
      hello: async (): Promise<RunHello> => {
        await this.options.user.ready;
        const { username = '', name = '' } = this.options.user.identity ?? {};
        const document = { path: context.localPath, run: this.runOfDocument()?.id ?? null };
        const hello = {
          version: COMM_VERSION,
          client: PAGE,
          user: { username, name },
          outline: this.outline,
          document
        };
        return { ...hello, ...(await this.vouchFor({ client: hello.client, user: hello.user })) };
      },
      received: message => {
        this.store.receive(message);
        if (message.type === 'state') {
          this.showLife();
          this.documentOutline?.retell();
        }
      },
      lost: told => {
        this.stopShowingLife();
        this.store.disconnect();
        if (told) {
          void import('../kernel/holding-kernel.js').then(({ refused }) =>
            refused(told as unknown as Refusal, context.sessionContext, this.channel!, this.store)
          );
        }
        void this.readJournal(JOURNAL_PAUSES_MS);
      }
    });
    this.scheduleFrame();
  }

  /** Tells our kernel that the page is still open: a driver who only waits sends nothing else. */
  private showLife(): void {
    if (this.signOfLife === 0 && !this.isDisposed) {
      this.signOfLife = window.setInterval(() => this.channel?.send({ type: 'here' }), SIGN_OF_LIFE_MS);
    }
  }

  private stopShowingLife(): void {
    window.clearInterval(this.signOfLife);
    this.signOfLife = 0;
  }

  /**
   * A scratch notebook's journal is in a hidden folder, which the contents service refuses: only runs have a file to read.
   * A kernel that ends writes its last records while it goes, so what still seems to run is read again after each of the `pauses`.
   */
  private async readJournal(pauses: readonly number[]): Promise<void> {
    const { context, contents } = this.options;
    if (!this.runOfDocument()) {
      return;
    }
    try {
      const text = await journalTextOf(contents, context.path);
      // A fresh run has no journal before its first kernel: there is nothing to show yet.
      if (text === null) {
        return;
      }
      const state = stateOfJournal(text);
      if (!this.isDisposed && this.source !== 'kernel' && state.seq >= this.state.seq) {
        this.store.replace(state, 'journal');
      }
      const [pause, ...later] = pauses;
      if (pause !== undefined && Object.values(state.steps).some(({ status }) => UNSETTLED.has(status))) {
        await waitMs(pause);
        if (!this.isDisposed && this.source !== 'kernel') {
          await this.readJournal(later);
        }
      }
    } catch {
      // The server does not answer: what was shown last stays.
    }
  }

  private runOfDocument(): RunInfo | null {
    return runIn(this.options.context.model.getMetadata(METADATA_KEY));
  }

  private announce(record: JournalRecord | null): void {
    if (this.isDisposed) {
      return;
    }
    this.advancedSignal.emit(record);
    this.scheduleFrame();
  }

  private scheduleFrame(): void {
    if (this.frame === 0 && !this.isDisposed) {
      this.frame = requestFrame(() => {
        this.frame = 0;
        if (!this.isDisposed) {
          this.changedSignal.emit();
        }
      });
    }
  }
}
