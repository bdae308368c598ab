// What the kernel sends without secrets: one table of the fields that can hold one. What cells print and show is masked before, across
// its chunks (run/masking/masked-outputs.ts); what is kept, on its way to the journal.
import type { Transport } from '../../core/ports/ports.js';
import type { Masking } from '../../../run/masking/masking.js';

const ERROR = ['ename', 'evalue', 'traceback'];

const FIELDS: { readonly [type: string]: readonly string[] } = {
  execute_input: ['code'],
  input_request: ['prompt'],
  error: ERROR,
  execute_reply: [...ERROR, 'payload', 'user_expressions'],
  inspect_reply: ['data'],
  history_reply: ['history']
};

/** Wraps `inner`. */
export function maskTransport(inner: Transport, masking: Masking): Transport {
  return {
    send: (channel, message) => {
      const fields = masking.isIdle ? undefined : FIELDS[message.header.type];
      inner.send(
        channel,
        fields === undefined ? message : { ...message, content: maskFields(message.content, fields, masking) }
      );
    },
    onMessage: handle => inner.onMessage(handle),
    flush: () => inner.flush(),
    close: () => inner.close()
  };
}

function maskFields<T extends object>(content: T, fields: readonly string[], masking: Masking): T {
  const masked = Object.entries(content).map(([name, value]: [string, unknown]) => [
    name,
    fields.includes(name) ? masking.json(value) : value
  ]);
  return Object.fromEntries(masked) as T;
}
