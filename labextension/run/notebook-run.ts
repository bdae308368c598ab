// The run of one open notebook: joins the store, the comm, the outline of the live document and the journal file.
import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { INotebookModel } from '@jupyterlab/notebook';
import type { Contents, User } from '@jupyterlab/services';
import { UUID } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';
import {
  RUN_COMM,
  type AnswerMessage,
  type ClientMessage,
  type KernelMessage,
  type RequestBody,
  type RequestMessage,
  type RunHello
} from '../../contract/comm.js';
import type { ApprovalState, ChecklistState } from '../../contract/hold.js';
import type { JsonObject } from '../../contract/json.js';
import type { JournalRecord } from '../../contract/journal.js';
import { METADATA_KEY, journalPathOf, runOf } from '../../contract/notebook.js';
import { EMPTY_OUTLINE, type Outline } from '../../contract/outline.js';
import type { PhaseRehearsal } from '../../contract/rehearsal/phase-rehearsal.js';
import type { RunInfo } from '../../contract/run.js';
import { lastAttemptOf, type RunState } from '../../contract/state.js';
import { COMM_VERSION } from '../../contract/version.js';
import { KernelChannel } from '../kernel-channel.js';
import type { IRunModel, Session, StateSource } from '../tokens.js';
import { DocumentOutline } from './document-outline.js';
import { stateOfJournal } from './journal-text.js';
import { RunStore } from './run-store.js';
import { WritingPage } from './writing-page.js';

const SIGN_OF_LIFE_MS = 30_000;
const ANSWER_PATIENCE_S = 15;
/** These run cells or wait for people: they end when they end. */
const LONG_WORK: ReadonlySet<RequestMessage['type']> = new Set(['resume', 'rewind', 'roll-back']);
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

export class NotebookRun implements IRunModel, IDisposable {
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

  get isDisposed(): boolean {
    return this.disposed;
  }

  async ask(body: RequestBody): Promise<AnswerMessage> {
    const message = { ...body, request: UUID.uuid4() } as RequestMessage;
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

  async decide(
    approval: ApprovalState,
    decision: 'approved' | 'rejected',
    comment: string,
    values?: JsonObject
  ): Promise<void> {
    const { id, content } = approval;
    const answers = values && Object.keys(values).length > 0 ? { values } : {};
    await this.ask({ type: 'decide', approval: id, content, decision, comment, ...answers });
  }

  async tick(checklist: ChecklistState, item: number, isTicked: boolean): Promise<void> {
    await this.ask({ type: 'tick', checklist: checklist.id, item, ticked: isTicked });
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
    if (!this.disposed) {
      this.disposed = true;
      this.channel?.dispose();
      this.writingPage?.dispose();
      this.documentOutline?.dispose();
      window.cancelAnimationFrame(this.frame);
      this.stopShowingLife();
      Signal.clearData(this);
    }
  }

  private readonly store: RunStore;
  private readonly changedSignal: Signal<this, void>;
  private readonly advancedSignal: Signal<this, JournalRecord | null>;
  private readonly writerSignal: Signal<this, void>;
  /** Null where nobody shares the document. */
  private writingPage: WritingPage | null = null;
  private channel: KernelChannel<ClientMessage, KernelMessage> | null = null;
  private documentOutline: DocumentOutline | null = null;
  private disposed = false;
  private frame = 0;
  private signOfLife = 0;

  private begin(): void {
    const { context } = this.options;
    if (this.disposed) {
      return;
    }
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
      sourcesChanged: (outline, sources) => this.channel?.send({ type: 'outline', outline, ...sources }),
      metadataChanged: () => this.scheduleFrame()
    });
    this.channel = new KernelChannel<ClientMessage, KernelMessage>(context.sessionContext, {
      target: RUN_COMM,
      hello: async (): Promise<RunHello> => {
        await this.options.user.ready;
        const { username = '', name = '' } = this.options.user.identity ?? {};
        return { version: COMM_VERSION, client: PAGE, user: { username, name }, outline: this.outline };
      },
      received: message => {
        this.store.receive(message);
        if (message.type === 'state') {
          this.showLife();
          this.documentOutline?.retell();
        }
      },
      lost: () => {
        this.stopShowingLife();
        this.store.disconnect();
        void this.readJournal();
      }
    });
    this.scheduleFrame();
  }

  /** A driver who waits does nothing else by which the kernel would know that they are there. No other kernel has to know. */
  private showLife(): void {
    if (this.signOfLife === 0 && !this.disposed) {
      this.signOfLife = window.setInterval(() => this.channel?.send({ type: 'here' }), SIGN_OF_LIFE_MS);
    }
  }

  private stopShowingLife(): void {
    window.clearInterval(this.signOfLife);
    this.signOfLife = 0;
  }

  /** A scratch notebook's journal is in a hidden folder, which the contents service refuses: only runs have a file to read. */
  private async readJournal(): Promise<void> {
    const { context, contents } = this.options;
    if (!this.runOfDocument()) {
      return;
    }
    try {
      const file = await contents.get(journalPathOf(context.path, true), {
        type: 'file',
        format: 'text',
        content: true
      });
      const state = stateOfJournal(String(file.content));
      if (!this.disposed && this.source !== 'kernel' && state.seq >= this.state.seq) {
        this.store.replace(state, 'journal');
      }
    } catch {
      // A fresh run has no journal before its first kernel: there is nothing to show yet.
    }
  }

  private runOfDocument(): RunInfo | null {
    return runOf({ metadata: { [METADATA_KEY]: this.options.context.model.getMetadata(METADATA_KEY) } });
  }

  private announce(record: JournalRecord | null): void {
    if (this.disposed) {
      return;
    }
    this.advancedSignal.emit(record);
    this.scheduleFrame();
  }

  private scheduleFrame(): void {
    if (this.frame === 0 && !this.disposed) {
      this.frame = window.requestAnimationFrame(() => {
        this.frame = 0;
        this.changedSignal.emit();
      });
    }
  }
}
