// Keeps a notebook below the size that GitHub renders: long texts keep their first and last lines, and
// in between a line says how much is left out. Pictures and data that are too large are named instead. The limit is halved until the
// whole file fits.
import { bytesReaching, bytesWithin, writtenSize } from '../../contract/base/written-size.js';
import { formatCount } from '../../contract/base/format.js';
import type { Notebook } from '../../contract/notebook/notebook.js';
import type { OutlineCell } from '../../contract/notebook/outline.js';
import type { CodeCell, Output } from '../notebook/archive-marks.js';
import { notebookText } from '../notebook/notebook-text.js';
import { linesOf } from './canonical-notebook.js';

/** GitHub renders a notebook of this size without trouble, in bytes. */
const LARGEST_NOTEBOOK_BYTES = 1_000_000;

/** How much one output may take, in bytes of the file: the first limit with which the file fits, or the last. */
export const OUTPUT_LIMITS: readonly number[] = [65_536, 32_768, 16_384, 8192, 4096, 2048, 1024, 512, 256];

/** A notebook that fits, and what had to be cut. */
export interface CappedNotebook {
  readonly notebook: Notebook;
  /** Ids of the cells whose outputs are shorter now. */
  readonly cut: readonly string[];
}

/** Cuts outputs of a canonical notebook until it fits; `reservedBytes` are kept free for what is added afterwards. */
export function capOutputs(notebook: Notebook, reservedBytes: number): CappedNotebook {
  for (const limit of OUTPUT_LIMITS.slice(0, -1)) {
    const capped = capAt(notebook, limit);
    const bytes = Buffer.byteLength(notebookText(capped.notebook)) + reservedBytes;
    if (bytes <= LARGEST_NOTEBOOK_BYTES) {
      return capped;
    }
  }
  return capAt(notebook, OUTPUT_LIMITS.at(-1)!);
}

function capAt(notebook: Notebook, limit: number): CappedNotebook {
  const cut: string[] = [];
  const cells = notebook.cells.map((cell): OutlineCell => {
    const { outputs } = cell as CodeCell;
    const capped = outputs?.map(output => capOutput(output, limit));
    if (!outputs || !capped || capped.every((output, index) => output === outputs[index])) {
      return cell;
    }
    cut.push(cell.id ?? '');
    return { ...cell, outputs: capped } as OutlineCell;
  });
  return { notebook: { ...notebook, cells }, cut };
}

/** A canonical output cut to `limit`; the same one when it is short enough. */
export function capOutput(output: Output, limit: number): Output {
  if (Array.isArray(output.text)) {
    const text = capLines(output.text as readonly string[], limit);
    return text === output.text ? output : { ...output, text };
  }
  const data = output.data && capBundle(output.data, limit);
  return data === output.data ? output : { ...output, data: data! };
}

function capBundle(data: { readonly [mimeType: string]: unknown }, limit: number): Output['data'] {
  const left: string[] = [];
  const entries = Object.entries(data).flatMap(([mimeType, value]): [string, unknown][] => {
    if (mimeType === 'text/plain' && Array.isArray(value)) {
      return [[mimeType, capLines(value as readonly string[], limit)]];
    }
    // Half a picture or half an HTML text is none: as a whole or not at all. Pictures are worth more than text.
    const most = mimeType.startsWith('image/') ? limit * 4 : limit;
    const length = JSON.stringify(value)?.length ?? 0;
    if (length <= most) {
      return [[mimeType, value]];
    }
    left.push(`${mimeType} of ${formatCount(length, 'character')}`);
    return [];
  });
  if (left.length === 0) {
    return entries.every(([mimeType, value]) => data[mimeType] === value)
      ? data
      : Object.fromEntries(entries);
  }
  const note = `[launchbook] Left out of the archive: ${left.join(', ')}.\n`;
  const capped = Object.fromEntries(entries);
  const plain = (capped['text/plain'] as readonly string[] | undefined) ?? [];
  return { ...capped, 'text/plain': [note, ...plain] };
}

/** The same list when it is short enough. */
function capLines(lines: readonly string[], limit: number): readonly string[] {
  const text = lines.join('');
  const bytes = Buffer.from(text);
  const size = writtenSize(bytes);
  if (size <= limit) {
    return lines;
  }
  const head = wholeText(bytes.subarray(0, bytesWithin(bytes, limit * 0.6))).replace(/[^\n]*$/, '');
  const tail = wholeText(bytes.subarray(bytesReaching(bytes, size - limit * 0.3))).replace(/^[^\n]*\n/, '');
  const hidden = text.slice(head.length, text.length - tail.length);
  const note = `[launchbook] ${formatCount(hidden.split('\n').length - 1, 'line')} (${formatCount(hidden.length, 'character')}) left out of the archive.\n`;
  return linesOf(`${head}${note}${tail}`);
}

/** Without what is left of a character that was cut in two. */
function wholeText(bytes: Buffer): string {
  return bytes.toString('utf8').replace(/^\uFFFD{1,3}|\uFFFD{1,3}$/g, '');
}
