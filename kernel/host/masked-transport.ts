// Two messages that the kernel core makes by itself and that can hold a secret: the echo of a cell's text, and a question's prompt.
import type { Transport } from '../core/ports.js';
import type { Masking } from './masking.js';

const FIELDS: { readonly [type: string]: string } = { execute_input: 'code', input_request: 'prompt' };

/** Wraps `inner`. */
export function maskTransport(inner: Transport, masking: Masking): Transport {
  return {
    send: (channel, message) => {
      const field = masking.isIdle ? undefined : FIELDS[message.header.type];
      const content = message.content as { readonly [name: string]: unknown };
      inner.send(
        channel,
        field === undefined || typeof content[field] !== 'string'
          ? message
          : ({ ...message, content: { ...content, [field]: masking.text(content[field]) } } as typeof message)
      );
    },
    onMessage: handle => inner.onMessage(handle),
    flush: () => inner.flush(),
    close: () => inner.close()
  };
}
