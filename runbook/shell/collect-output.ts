// Takes the output of a command as it arrives: hands it on masked, and keeps its beginning and its end.
import type { Readable } from 'node:stream';
import { maskStream, type KnownSecret } from '../redact.js';
import { BoundedText } from './bounded-text.js';

/** Characters kept of each stream of a command whose output is shown. */
export const KEPT_OF_SHOWN = 256 * 1024;

/** Characters of an output that is taken as a value or compared with a pattern; more is refused. */
export const KEPT_OF_CAPTURED = 8 * 1024 * 1024;

/** One collected stream. */
export interface CollectedOutput {
  /** What is kept, without the last line feed. */
  text(): string;
  isTruncated(): boolean;
}

/** Reads `stream` to its end. `show` gets the masked text, or is null when nobody is to see it. */
export function collectOutput(
  stream: Readable,
  secrets: readonly KnownSecret[],
  show: ((text: string) => void) | null,
  limit: number
): CollectedOutput {
  const mask = maskStream(secrets);
  const kept = new BoundedText(limit);
  const emit = (text: string): void => {
    if (text !== '') {
      show?.(text);
    }
  };
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    emit(mask.push(chunk));
    kept.push(chunk);
  });
  stream.once('close', () => emit(mask.end()));
  return {
    text: () => kept.toString().replace(/\r?\n$/, ''),
    isTruncated: () => kept.isTruncated
  };
}
