// The text of a journal with a sound chain, its records a second apart from 08:00:00 on.
import type { RecordBody } from '../../contract/journal/journal.js';
import { sha256 } from '../../record/hash.js';
import { CHAIN_START, freezeBody, linkLine } from '../../record/journal/chain.js';

export function journalText(bodies: readonly RecordBody[]): string {
  let end = CHAIN_START;
  return bodies
    .map((body, index) => {
      const at = new Date(Date.UTC(2026, 10, 22, 8, 0, index)).toISOString();
      const linked = linkLine(end, at, freezeBody(withHash(body)));
      end = linked.end;
      return `${linked.line}\n`;
    })
    .join('');
}

/** A step begins with the hash of its text, which samples leave out. */
function withHash(body: RecordBody): RecordBody {
  return body.kind === 'attempt-started' ? { ...body, sourceHash: sha256(body.source) } : body;
}
