// The one place where the kernel's own messages are made and handed to the transport.
import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../../contract/base/json.js';
import { makeMessage, type Sender } from '../../protocol/make.js';
import type { ContentOf, Header, Message, MessageType, ReplyOf } from '../../protocol/messages.js';
import type { Channel, Transport } from '../ports/ports.js';

/** Sends messages in the kernel's name. */
export class MessageSender {
  readonly #transport: Transport;
  readonly #sender: Sender;
  constructor(transport: Transport, sender: Sender = { session: randomUUID(), username: 'kernel' }) {
    this.#transport = transport;
    this.#sender = sender;
  }

  /** To everybody, tied to the request that caused it. */
  publish<T extends MessageType>(type: T, content: ContentOf<T>, parent: Header | null): void {
    this.#transport.send(
      'iopub',
      makeMessage(this.#sender, type, content, { parent, identities: [Buffer.from(type)] })
    );
  }

  /** To the client that sent `request`, on the channel it came from. */
  reply<T extends string>(
    channel: Channel,
    request: Message<T>,
    content: ContentOf<ReplyOf<T>>,
    metadata: JsonObject = {}
  ): void {
    const type = request.header.type.replace(/_request$/, '_reply') as ReplyOf<T>;
    const { header: parent, identities } = request;
    this.#transport.send(
      channel,
      makeMessage<MessageType>(this.#sender, type, content, { parent, identities, metadata })
    );
  }

  /** Asks the client that sent `request` for input; returns the message whose answer is awaited. */
  askForInput(request: Message, prompt: string, isPassword: boolean): Message<'input_request'> {
    const { header: parent, identities } = request;
    const content = { prompt, password: isPassword };
    const message = makeMessage(this.#sender, 'input_request', content, { parent, identities });
    this.#transport.send('stdin', message);
    return message;
  }
}
