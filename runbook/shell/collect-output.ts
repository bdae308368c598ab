// Takes the output of a command as it arrives: hands it on masked, and keeps the end of it.
import type { Readable } from 'node:stream';
import { maskStream, type KnownSecret } from '../redact.js';

/** Characters kept of each stream. */
export const KEPT_OUTPUT = 8 * 1024 * 1024;

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
  show: ((text: string) => void) | null
): CollectedOutput {
  const mask = maskStream(secrets);
  let chunks: string[] = [];
  let length = 0;
  let isTruncated = false;
  const emit = (text: string): void => {
    if (text !== '') {
      show?.(text);
    }
  };
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    emit(mask.push(chunk));
    chunks.push(chunk);
    length += chunk.length;
    if (length > 2 * KEPT_OUTPUT) {
      chunks = [chunks.join('').slice(-KEPT_OUTPUT)];
      length = KEPT_OUTPUT;
      isTruncated = true;
    }
  });
  stream.once('close', () => emit(mask.end()));
  return {
    text: () =>
      chunks
        .join('')
        .slice(-KEPT_OUTPUT)
        .replace(/\r?\n$/, ''),
    isTruncated: () => isTruncated || length > KEPT_OUTPUT
  };
}
