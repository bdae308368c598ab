// Comms: channels that a front end opens to a target of the kernel. Their messages are handled the moment they arrive
// and never wait for a running cell, so a decision reaches a hold point that the cell waits at.
// A page that goes away sends no `comm_close`, so stale comms stay until their target forgets them; sending to them is harmless.
// https://jupyter-client.readthedocs.io/en/latest/messaging.html#custom-messages
import type { Json, JsonObject } from '../../../contract/base/json.js';
import type { Message, MessageType } from '../../protocol/messages.js';
import type { MessageSender } from '../messages/message-sender.js';
import { OpenComm } from './open-comm.js';
import type { CommTarget } from '../ports/ports.js';

export interface CommsParts {
  readonly sender: MessageSender;
  readonly onLog: (line: string) => void;
}

/** The targets of the kernel and the comms that are open. */
export class Comms {
  readonly #parts: CommsParts;
  readonly #targets = new Map<string, CommTarget>();
  readonly #comms = new Map<string, OpenComm>();

  constructor(parts: CommsParts) {
    this.#parts = parts;
  }

  /** Makes a target known; a second registration replaces the first. */
  register(name: string, target: CommTarget): void {
    this.#targets.set(name, target);
  }

  /** A client opens a comm. Unknown targets, and targets that throw, are answered with `comm_close`. */
  open(message: Message<'comm_open'>): void {
    const { comm_id: id, target_name: name, data } = message.content;
    const comm = new OpenComm(
      id,
      name,
      message.header,
      (type, content, to) => this.#send(comm, type, content, to),
      () => this.#comms.delete(id)
    );
    const target = this.#targets.get(name);
    if (!target) {
      this.#parts.onLog(
        `A client opened a comm on the unknown target ${JSON.stringify(name.slice(0, 64))}; it is closed again.`
      );
      comm.close({});
      return;
    }
    this.#comms.set(id, comm);
    try {
      target.open(comm, data ?? {});
    } catch (thrown) {
      this.#parts.onLog(`Target ${name} failed to open a comm: ${String(thrown)}`);
      comm.close({});
    }
  }

  receive(message: Message<'comm_msg'>): void {
    this.#find(message)?.receive(message.header, message.content.data ?? {});
  }

  /** A client closes a comm. */
  close(message: Message<'comm_close'>): void {
    const comm = this.#find(message);
    this.#comms.delete(message.content.comm_id);
    comm?.end();
  }

  /** Id and target of every open comm, of one target when named. */
  list(target?: string): { id: string; target: string }[] {
    const open = [...this.#comms.values()].map(comm => ({ id: comm.id, target: comm.target }));
    return target === undefined ? open : open.filter(comm => comm.target === target);
  }

  #find(message: Message<'comm_msg' | 'comm_close'>): OpenComm | undefined {
    const id = message.content.comm_id;
    const comm = this.#comms.get(id);
    if (!comm) {
      this.#parts.onLog(`${message.header.type} names the unknown comm ${id.slice(0, 64)}.`);
    }
    return comm;
  }

  #send(comm: OpenComm, type: 'comm_msg' | 'comm_close', data: Json, to: string): void {
    if (type === 'comm_close') {
      this.#comms.delete(comm.id);
    }
    const content = { comm_id: to, data: data as JsonObject };
    this.#parts.sender.publish<MessageType>(type, content, comm.parent);
  }
}
