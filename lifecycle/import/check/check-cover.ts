// Every letter of the source is in a cell, or named as left out; the rest is white space and the marks of lists and quotations.
import type { MappedDocument } from '../map/map-document.js';
import type { Piece } from '../map/cell-list.js';
import { wordsIn } from '../document/short-text.js';
import type { ImportedSource } from '../document/source.js';

/** Every fault, one sentence each. */
export function checkCover(
  { markdown, words, placeOf }: ImportedSource,
  { pieces, cells }: Pick<MappedDocument, 'pieces' | 'cells'>
): string[] {
  const faults: string[] = [];
  const place = (offset: number): string => placeOf(markdown.slice(0, offset).split('\n').length);
  let end = 0;
  for (const piece of [...pieces].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (piece.start < end) {
      faults.push(`${place(piece.start)}: it is in two cells`);
    } else if (isText(markdown.slice(end, piece.start))) {
      faults.push(`${place(end)}: it is in no cell`);
    }
    end = Math.max(end, piece.end);
  }
  if (isText(markdown.slice(end))) {
    faults.push(`${place(end)}: it is in no cell`);
  }
  const written = cells.map(({ source }) => source.toLowerCase()).join('\n');
  // Beside bold signs a letter may have to be written by its number.
  const all = `${written}\n${written.replace(/&#x([0-9a-f]{1,5});/g, (_, code: string) => String.fromCodePoint(parseInt(code, 16)))}`;
  faults.push(
    ...pieces
      .filter(piece => !holds(piece, markdown, all))
      .map(({ start }) => `${place(start)}: its cell has another text`)
  );
  const lost = [...new Set(lostOf(words ?? '', all))];
  return [...faults, ...lost.map(word => `the word “${word}” of the source is in no cell`)];
}

function isText(between: string): boolean {
  return /[^\s>]/.test(between.replace(/^[ \t]*(?:[-*+]|\d+[.)])[ \t]*$/gm, ''));
}

function holds({ start, end, cell, kind }: Piece, markdown: string, all: string): boolean {
  const text = markdown.slice(start, end);
  if (cell === null) {
    return true;
  }
  if (kind === 'text') {
    return lettersOf(cell.source).includes(lettersOf(text));
  }
  return lostOf(text.replace(/^[`~>\s]*[`~]{3}.*$|(?:^[\s>]*\d+[.)]\s+)?\[[ xX]\]/gm, ''), all).length === 0;
}

/** Words of a text that no cell has. What a shell says with `export` or the word of a here-document, a step says with an option. */
function lostOf(text: string, all: string): string[] {
  const asOptions = new Set([
    'export',
    ...[...text.matchAll(/<<-?\s*['"]?(\w+)/g)].map(([, word]) => word!.toLowerCase())
  ]);
  return wordsIn(text.replace(/(?<=v)(?=X\.Y)/g, ' ').toLowerCase()).filter(
    word => !asOptions.has(word) && !all.includes(word)
  );
}

/** Without white space, marks of lists, quotations, headings and boxes, and the numbers of list items, which are written anew. */
function lettersOf(text: string): string {
  return text
    .replace(/^[\s>]*\d+[.)]/gm, '')
    .replace(/\[[ xX]\]|<\/?(?:details|summary)\b(?:[^<>`\n]|\n(?=[^\n>]))*>/gi, '')
    .replace(/[\s>#=*+-]/g, '');
}
