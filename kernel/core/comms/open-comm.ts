// One open comm, seen from the kernel. What it sends has the last message of its client as parent.
import type { Json } from '../../../contract/base/json.js';
import type { Header } from '../../protocol/messages.js';
import type { Comm } from '../ports/ports.js';

/** A comm that a client has opened. */
export class OpenComm implements Comm {
  #lastHeader: Header;
  readonly #transmit: (type: 'comm_msg' | 'comm_close', data: Json, id: string) => void;
  readonly #forgotten: () => void;
  readonly session: string;
  readonly #messageHandlers: ((data: Json) => void)[] = [];
  readonly #closeHandlers: (() => void)[] = [];
  #isOpen = true;

  constructor(
    readonly id: string,
    readonly target: string,
    lastHeader: Header,
    transmit: (type: 'comm_msg' | 'comm_close', data: Json, id: string) => void,
    forgotten: () => void
  ) {
    this.#lastHeader = lastHeader;
    this.#transmit = transmit;
    this.#forgotten = forgotten;
    this.session = lastHeader.session;
  }

  get parent(): Header {
    return this.#lastHeader;
  }

  send(data: Json): void {
    if (this.#isOpen) {
      this.#transmit('comm_msg', data, this.id);
    }
  }

  tellAll(data: Json): void {
    this.#transmit('comm_msg', data, this.target);
  }

  close(data: Json): void {
    if (this.#isOpen) {
      this.#isOpen = false;
      this.#transmit('comm_close', data, this.id);
    }
  }

  forget(): void {
    this.#isOpen = false;
    this.#forgotten();
  }

  onMessage(handle: (data: Json) => void): void {
    this.#messageHandlers.push(handle);
  }

  onClose(handle: () => void): void {
    this.#closeHandlers.push(handle);
  }

  /** The client sent a message. */
  receive(header: Header, data: Json): void {
    this.#lastHeader = header;
    this.#messageHandlers.forEach(handle => handle(data));
  }

  /** The client closed the comm. */
  end(): void {
    this.#isOpen = false;
    this.#closeHandlers.forEach(handle => handle());
  }
}
