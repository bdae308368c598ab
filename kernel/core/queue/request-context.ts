// A request with everything its handler may do about it. The parent of every answer comes from here, never from a
// "current request" that changes under a handler which awaits.
import type { JsonObject } from '../../../contract/base/json.js';
import type { ContentOf, Message, MessageType, ReplyOf } from '../../protocol/messages.js';
import type { MessageSender } from '../messages/message-sender.js';
import type { Channel } from '../ports/ports.js';

/** One request being served. */
export class RequestContext<T extends string = string> {
  readonly #sender: MessageSender;
  /** When the request reached the kernel, milliseconds since 1970. */
  readonly receivedAtMs = Date.now();
  #answeredAtMs: number | null = null;

  constructor(
    readonly channel: Channel,
    readonly request: Message<T>,
    sender: MessageSender
  ) {
    this.#sender = sender;
  }

  get hasReplied(): boolean {
    return this.#answeredAtMs !== null;
  }

  /** When it was answered, milliseconds since 1970; null before. */
  get repliedAtMs(): number | null {
    return this.#answeredAtMs;
  }

  /** Answers the requester. */
  reply(content: ContentOf<ReplyOf<T>>, metadata: JsonObject = {}): void {
    this.#answeredAtMs = Date.now();
    this.#sender.reply(this.channel, this.request, content, metadata);
  }

  /** Tells everybody, tied to this request. */
  publish<P extends MessageType>(type: P, content: ContentOf<P>): void {
    this.#sender.publish(type, content, this.request.header);
  }
}
