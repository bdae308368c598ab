// The people of an example run: each has a front end of their own, which speaks the comm of JupyterLab's pages, and answers what
// they are asked as soon as it is asked. They tick, do their tasks and decide; nobody forges a record.
import { randomUUID } from 'node:crypto';
import { rulesOf } from '../../contract/holds/approval-rules.js';
import { type FormField } from '../../contract/holds/hold-rules.js';
import { type ApproverSeat } from '../../contract/holds/hold-rules.js';
import { RUN_COMM, type KernelMessage, type RequestBody } from '../../contract/comms/comm.js';
import type { ApprovalState } from '../../contract/holds/hold.js';
import type { JournalRecord } from '../../contract/journal/journal.js';
import type { JsonObject } from '../../contract/base/json.js';
import type { RunState } from '../../contract/state/state.js';
import { COMM_VERSION } from '../../contract/base/version.js';
import { makeMessage, type Sender } from '../../kernel/protocol/make.js';
import type { InMemoryTransport } from '../../kernel/transport/in-memory.js';

/** What people say no to, by the name of the hold point; they approve everything else. */
export type Rejections = { readonly [hold: string]: string };

/** Answers for everybody whom a run asks. */
export class ExamplePeople {
  /** Names of approvals, checklists and task lists, in the order in which they were asked. */
  readonly asked: string[] = [];
  /** Answers of the kernel that were refusals. */
  readonly refused: string[] = [];
  readonly #transport: InMemoryTransport;
  readonly #rejections: Rejections;
  readonly #frontEnds = new Map<string, (request: RequestBody) => void>();

  constructor(transport: InMemoryTransport, rejections: Rejections) {
    this.#transport = transport;
    this.#rejections = rejections;
    // As on the day: somebody has the run open before the first step.
    this.#frontEndOf('watcher');
  }

  /** Hears of a record, and answers it when it asks for something. */
  hear(record: JournalRecord, state: RunState): void {
    if (record.kind === 'approval-requested') {
      this.asked.push(record.name);
      this.#decide(state.approvals[record.approval]!);
    } else if (record.kind === 'checklist-requested') {
      this.asked.push(record.name);
      record.items.forEach((_, item) =>
        this.#say('driver', { type: 'tick', checklist: record.checklist, item, ticked: true })
      );
    } else if (record.kind === 'tasks-assigned') {
      this.asked.push(record.name);
      record.tasks.forEach(task =>
        this.#say(personOf(task.owner), {
          type: 'task',
          board: record.board,
          task: task.id,
          action: 'done',
          comment: ''
        })
      );
    }
  }

  #decide(approval: ApprovalState): void {
    const { seats, everyone, required, form } = rulesOf(approval.request);
    const reason = this.#rejections[approval.name];
    const named = seats.map(personOf);
    const anybody = Array.from({ length: required }, (_, index) => named[index] ?? `approver-${index + 1}`);
    for (const person of everyone ? named : anybody) {
      this.#say(person, {
        type: 'decide',
        approval: approval.id,
        content: approval.content,
        decision: reason === undefined ? 'approved' : 'rejected',
        comment: reason ?? 'Seen and tried',
        values: reason === undefined ? answersTo(form) : {}
      });
    }
  }

  #say(person: string, request: RequestBody): void {
    this.#frontEndOf(person)(request);
  }

  #frontEndOf(person: string): (request: RequestBody) => void {
    const known = this.#frontEnds.get(person);
    if (known) {
      return known;
    }
    const sender: Sender = { session: randomUUID(), username: person };
    const commId = randomUUID();
    const connection = this.#transport.connect((_channel, { header, content }) => {
      const { comm_id, data } = content as { comm_id?: string; data?: unknown };
      if (header.type === 'comm_msg' && comm_id === commId) {
        this.#hearAnswer(data as KernelMessage);
      }
    });
    const user = { username: person, name: person };
    const hello = { version: COMM_VERSION, client: randomUUID(), user, outline: null };
    const open = { comm_id: commId, target_name: RUN_COMM, data: hello };
    connection.send('shell', makeMessage(sender, 'comm_open', open));
    const say = (request: RequestBody): void => {
      const data = { ...request, request: randomUUID() } as unknown as JsonObject;
      connection.send('shell', makeMessage(sender, 'comm_msg', { comm_id: commId, data }));
    };
    this.#frontEnds.set(person, say);
    return say;
  }

  #hearAnswer(message: KernelMessage): void {
    if (message.type === 'answer' && message.error !== null) {
      this.refused.push(message.error.message);
    }
  }
}

/** One of those behind a seat: a member of the group, or somebody who has its name where anybody may. */
function personOf({ name, members }: ApproverSeat): string {
  return members?.[0] ?? name;
}

function answersTo(form: readonly FormField[]): JsonObject {
  const answers = { text: 'yes', number: 1, boolean: true };
  return Object.fromEntries(
    form.map(({ name, type, choices }) => [name, type === 'choice' ? (choices[0] ?? '') : answers[type]])
  );
}
