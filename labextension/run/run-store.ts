// The state of one run in the page: folds what the kernel sends, and keeps what this page sent until a record confirms it.
// It knows neither JupyterLab nor comms; kernel-channel.ts carries its messages.
import type {
  AnswerMessage,
  ClientMessage,
  KernelMessage,
  RequestMessage
} from '../../contract/comms/comm.js';
import { LaunchbookError, fromErrorRecord } from '../../contract/base/error.js';
import type { JournalRecord } from '../../contract/journal/journal.js';
import type { PhaseRehearsal } from '../../contract/rehearsal/phase-rehearsal.js';
import { applyRecord } from '../../contract/reduce/reduce.js';
import { isPending } from '../../contract/holds/pending.js';
import { emptyRunState, revivedState, type RunState } from '../../contract/state/state.js';
import { DRIVER_VANISHED_MS } from '../../contract/state/driver.js';
import type { Session, StateSource } from '../tokens.js';

/** A request that waits for its answer. */
interface Sent {
  readonly message: RequestMessage;
  readonly resolve: (answer: AnswerMessage) => void;
  readonly reject: (error: Error) => void;
}

/** What a store needs from its owner. */
export interface RunStorePort {
  /** Sends to the kernel; false when there is no connection. */
  send(message: ClientMessage): boolean;
  /** A record was added, or (null) the whole state was replaced. */
  advanced(record: JournalRecord | null): void;
  /** A request was sent, answered or given up, or the kernel has sent something that is in no record. */
  sentChanged(): void;
  /** A record is missing: the state must be asked for again. */
  resync(): void;
}

export class RunStore {
  state: RunState = emptyRunState();
  source: StateSource = 'none';
  session: Session;
  /** What the kernel knows of the rehearsals of this run; empty without a kernel. */
  rehearsals: readonly PhaseRehearsal[] = [];

  /** @param client - The id of this page. */
  constructor(
    private readonly port: RunStorePort,
    client = ''
  ) {
    this.session = { ...UNKNOWN_SESSION, client };
  }

  /** Takes a message of the kernel. */
  receive(message: KernelMessage): void {
    if (message.type === 'state') {
      const { you, driverVanishedMs, isProduction = null, colour = null } = message;
      const { client } = this.session;
      this.session = { ...UNKNOWN_SESSION, you, client, driverVanishedMs, isProduction, colour };
      this.replace(revivedState(message.state), 'kernel');
    } else if (message.type === 'records') {
      this.appendAll(message.records, message.after);
    } else if (message.type === 'answer') {
      this.settle(message.request, message.error ? fromErrorRecord(message.error) : message);
    } else if (message.type === 'rehearsals') {
      this.rehearsals = message.phases;
      this.port.sentChanged();
    } else if (message.type === 'guard') {
      const { environment, by, isWaiting } = message;
      this.session = { ...this.session, awaitedName: isWaiting ? { environment, by } : null };
      this.port.sentChanged();
    } else if (message.type === 'withdrawn') {
      this.session = { ...this.session, withdrawnQuestion: message.question };
      this.port.sentChanged();
    } else if (message.type === 'present') {
      this.session = { ...this.session, present: message.people };
      this.port.sentChanged();
    }
  }

  /** Takes over a whole state, which the caller must not change any more. */
  replace(state: RunState, source: StateSource): void {
    this.state = state;
    this.source = source;
    this.confirmed.clear();
    this.port.advanced(null);
  }

  /** The kernel is gone: the state stays for reading, and whatever was sent has no known result. Where none was, nothing changes. */
  disconnect(): void {
    if (this.source === 'none' && this.sent.size === 0 && this.session.refusal === null) {
      return;
    }
    this.session = { ...this.session, you: null, present: [], awaitedName: null, refusal: null };
    this.rehearsals = [];
    if (this.source === 'kernel') {
      this.source = this.state.seq > 0 ? 'journal' : 'none';
    }
    const error = new LaunchbookError('The kernel went away before it answered', {
      code: 'run.disconnected',
      hint: 'Whether it was recorded is shown as soon as the kernel is back.'
    });
    for (const request of [...this.sent.keys()]) {
      this.settle(request, error);
    }
    this.port.advanced(null);
  }

  /** The attached kernel does not keep this run, and why. Holds until it is gone, or keeps it. */
  refuse(refusal: string): void {
    this.session = { ...this.session, refusal };
    this.port.sentChanged();
  }

  /** Sends a request; settles with the answer. */
  ask(message: RequestMessage): Promise<AnswerMessage> {
    return new Promise((resolve, reject) => {
      if (this.source !== 'kernel' || !this.port.send(message)) {
        reject(
          new LaunchbookError('No kernel of this run is connected', {
            code: 'run.not_connected',
            hint: 'Start the kernel, then try again.'
          })
        );
        return;
      }
      this.sent.set(message.request, { message, resolve, reject });
      this.port.sentChanged();
    });
  }

  /** Gives up on a request that was not answered in time. */
  expire(request: string, seconds: number): void {
    const text = `The kernel did not answer within ${seconds} s`;
    this.settle(
      request,
      new LaunchbookError(text, {
        code: 'run.no_answer',
        hint: 'Check that the kernel is alive, then try again.'
      })
    );
  }

  /** The messages that this page sent and no record has confirmed. */
  unconfirmed(): readonly RequestMessage[] {
    return [...[...this.sent.values()].map(sent => sent.message), ...this.confirmed.values()];
  }

  private readonly sent = new Map<string, Sent>();
  /** Answered without error, but the record has not arrived: the answer may overtake it. */
  private readonly confirmed = new Map<string, RequestMessage<'decide' | 'tick'>>();

  private appendAll(records: readonly JournalRecord[], after: number): void {
    const news = records.filter(record => record.seq > this.state.seq);
    if (news.length > 0 && news.length === records.length && after > this.state.seq) {
      this.port.resync();
    } else {
      news.forEach(record => this.append(record));
    }
  }

  private append(record: JournalRecord): void {
    applyRecord(this.state, record);
    for (const [request, message] of this.confirmed) {
      if (isAbout(record, message)) {
        this.confirmed.delete(request);
      }
    }
    this.port.advanced(record);
  }

  private settle(request: string, end: AnswerMessage | Error): void {
    const sent = this.sent.get(request);
    if (!sent) {
      return;
    }
    this.sent.delete(request);
    if (end instanceof Error) {
      sent.reject(end);
    } else {
      const { message } = sent;
      if ((message.type === 'decide' || message.type === 'tick') && !isDone(this.state, message)) {
        this.confirmed.set(request, message);
      }
      sent.resolve(end);
    }
    this.port.sentChanged();
  }
}

/** Before a kernel of ours has spoken. */
export const UNKNOWN_SESSION: Session = {
  you: null,
  client: '',
  driverVanishedMs: DRIVER_VANISHED_MS,
  isProduction: null,
  colour: null,
  present: [],
  awaitedName: null,
  withdrawnQuestion: null,
  refusal: null
};

function isAbout(record: JournalRecord, message: RequestMessage<'decide' | 'tick'>): boolean {
  return message.type === 'decide'
    ? 'approval' in record && record.approval === message.approval && record.kind !== 'approval-requested'
    : 'checklist' in record &&
        record.checklist === message.checklist &&
        record.kind !== 'checklist-requested';
}

function isDone(state: RunState, message: RequestMessage<'decide' | 'tick'>): boolean {
  if (message.type === 'decide') {
    const approval = state.approvals[message.approval];
    return (
      !approval ||
      !isPending(approval) ||
      // One of several that are needed: the hold point waits on, this decision is recorded.
      approval.decisions.some(
        ({ decision, comment }) => decision === message.decision && comment === message.comment.trim()
      )
    );
  }
  const item = state.checklists[message.checklist]?.items[message.item];
  return item === undefined || (item.ticked !== null) === message.ticked;
}
