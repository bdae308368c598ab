// The text of a journal with a sound chain, its records a second apart from 08:00:00 on.
import type { RecordBody } from '../../contract/journal.js';
import { CHAIN_START, freezeBody, linkLine } from '../../runbook/journal/chain.js';

export function journalText(bodies: readonly RecordBody[]): string {
  let end = CHAIN_START;
  return bodies
    .map((body, index) => {
      const at = new Date(Date.UTC(2026, 10, 22, 8, 0, index)).toISOString();
      const linked = linkLine(end, at, freezeBody(body));
      end = linked.end;
      return `${linked.line}\n`;
    })
    .join('');
}
