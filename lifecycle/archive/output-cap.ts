// Keeps a notebook below the size that GitHub renders: long texts keep their first and last lines, with what is left out in
// between said. Pictures and data that are too large are named instead. The limit is halved until the whole file fits.
import { formatCount } from '../../contract/format.js';
import type { Notebook } from '../../contract/notebook.js';
import type { OutlineCell } from '../../contract/outline.js';
import type { CodeCell, Output } from '../notebook/archive-marks.js';
import { notebookText } from '../notebook/notebook-text.js';
import { linesOf } from './canonical-notebook.js';

/** GitHub renders a notebook of this size without trouble, in bytes. */
export const LARGEST_NOTEBOOK_BYTES = 1_000_000;

const FIRST_LIMIT_CHARACTERS = 65_536;
const LAST_LIMIT_CHARACTERS = 1024;

/** A notebook that fits, and what had to be cut. */
export interface CappedNotebook {
  readonly notebook: Notebook;
  /** Ids of the cells whose outputs are shorter now. */
  readonly cut: readonly string[];
}

/** Cuts outputs of a canonical notebook until it fits; `reservedBytes` are kept free for what is added afterwards. */
export function capOutputs(notebook: Notebook, reservedBytes: number): CappedNotebook {
  for (let limit = FIRST_LIMIT_CHARACTERS; ; limit /= 2) {
    const capped = capAt(notebook, limit);
    const bytes = Buffer.byteLength(notebookText(capped.notebook)) + reservedBytes;
    if (bytes <= LARGEST_NOTEBOOK_BYTES || limit <= LAST_LIMIT_CHARACTERS) {
      return capped;
    }
  }
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

function capOutput(output: Output, limit: number): Output {
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
  if (text.length <= limit) {
    return lines;
  }
  const head = text.slice(0, Math.floor(limit * 0.6)).replace(/[^\n]*$/, '');
  const tail = text.slice(-Math.floor(limit * 0.3)).replace(/^[^\n]*\n/, '');
  const hidden = text.slice(head.length, text.length - tail.length);
  const note = `[launchbook] ${formatCount(hidden.split('\n').length - 1, 'line')} (${formatCount(hidden.length, 'character')}) left out of the archive.\n`;
  return linesOf(`${head}${note}${tail}`);
}
