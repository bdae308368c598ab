// Lines that mostly change nothing in the fold: effects that begin and end, and outputs. What they are is told from their beginning,
// without reading the whole of them; whoever relies on that has compared it with the record once.
import { faultOfRecord } from '../../../contract/journal/fault-of-record.js';
import type { JournalRecord } from '../../../contract/journal/journal.js';

/** What such a line says. */
export interface QuietLine {
  readonly kind: 'effect-started' | 'effect-ended' | 'output';
  /** The effect, or the attempt that has shown something. */
  readonly of: string;
  readonly isInconclusive: boolean;
}

// As `linkLine` writes them: number, time and the hash of the line before come first.
const KIND = '"kind":"';
const SHORTEST_HEAD = 100;
const STARTED = 'effect-started","effect":"';
const ENDED = 'effect-ended","effect":"';
const OUTCOME = '","outcome":"';
const OUTPUT = 'output","step":"';
const ATTEMPT = '","attempt":';

/** What the line between two places seems to be; null: it has to be read. In bytes or in characters: what it looks at is ASCII. */
export function quietLineAt(text: string, start: number, end: number): QuietLine | null {
  const at = text.indexOf(KIND, start + SHORTEST_HEAD) + KIND.length;
  if (at < start + SHORTEST_HEAD || at >= end) {
    return null;
  }
  if (text.startsWith(STARTED, at)) {
    const from = at + STARTED.length;
    const to = endOfName(text, from, end);
    return to < 0 ? null : { kind: 'effect-started', of: text.slice(from, to), isInconclusive: false };
  }
  if (text.startsWith(ENDED, at)) {
    const from = at + ENDED.length;
    const to = endOfName(text, from, end);
    return to < 0 || !text.startsWith(OUTCOME, to)
      ? null
      : {
          kind: 'effect-ended',
          of: text.slice(from, to),
          isInconclusive: text.startsWith('i', to + OUTCOME.length)
        };
  }
  const from = at + OUTPUT.length;
  const to = text.startsWith(OUTPUT, at) ? endOfName(text, from, end) : -1;
  const comma = to < 0 || !text.startsWith(ATTEMPT, to) ? -1 : text.indexOf(',', to + ATTEMPT.length);
  return comma < 0 || comma >= end
    ? null
    : {
        kind: 'output',
        of: ofOutput(text.slice(from, to), text.slice(to + ATTEMPT.length, comma)),
        isInconclusive: false
      };
}

/** What a record is; null: it is another one, or its fields are not as its kind has them. */
export function quietLineOf(record: JournalRecord): QuietLine | null {
  const { kind } = record;
  if ((kind !== 'effect-started' && kind !== 'effect-ended' && kind !== 'output') || faultOfRecord(record)) {
    return null;
  }
  const name = kind === 'output' ? record.step : record.effect;
  return endOfName(`${name}"`, 0, name.length + 1) !== name.length
    ? null
    : {
        kind,
        of: kind === 'output' ? ofOutput(name, String(record.attempt)) : name,
        isInconclusive: kind === 'effect-ended' && record.outcome === 'inconclusive'
      };
}

/** The beginning of a line says nothing else than its record. */
export function isAsItBegins(line: string, record: JournalRecord): boolean {
  const seen = quietLineAt(line, 0, line.length);
  const read = seen && quietLineOf(record);
  return (
    seen === null ||
    (read?.kind === seen.kind && read.of === seen.of && read.isInconclusive === seen.isInconclusive)
  );
}

/** No effect is called so: there is a quotation mark in it. */
function ofOutput(step: string, attempt: string): string {
  return `"${attempt} ${step}`;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Where the text in quotation marks ends; -1: it has escapes, or other letters than ASCII's. */
function endOfName(text: string, from: number, end: number): number {
  for (let at = from; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      return at;
    }
    if (code === BACKSLASH || code > 0x7e || code < 0x20) {
      return -1;
    }
  }
  return -1;
}
