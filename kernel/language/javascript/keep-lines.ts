// Emitted JavaScript laid out again, so that everything stands on the line where its author wrote it. Stack traces then need no
// source map, wherever they are printed. The compiler ends each statement with a semicolon, so its own line breaks can go; new
// ones are set before tokens, where the grammar lets them be.
import { childrenOf, parseProgram, type Node } from '../../../record/source/parse.js';
import { readMappings, type Mapping } from './source-map.js';

interface Break {
  readonly offset: number;
  readonly line: number;
}

/** Lays out `js` by the mappings of its source map. Its columns mean nothing. */
export function keepLines(js: string, mappings: string): string {
  const { body, comments, faults } = parseProgram(js, 'js');
  if (faults.length > 0) {
    return js;
  }
  const fixed = body.flatMap(rangesOverLines);
  const flat = flatten(js, fixed, comments);
  const breaks = longestRise(breaksOf(js, readMappings(mappings), fixed));
  let result = '';
  let at = 0;
  let line = 0;
  for (const { offset, line: target } of breaks) {
    const piece = flat.slice(at, offset);
    line += piece.split('\n').length - 1;
    result += piece;
    at = offset;
    if (target > line && mayBreak(result, flat.slice(offset, offset + 2))) {
      result += '\n'.repeat(target - line);
      line = target;
    }
  }
  return result + flat.slice(at).trimEnd();
}

// Templates and strings whose own text has line breaks.
function rangesOverLines(node: Node): Node[] {
  const isText = node.type === 'TemplateElement' || node.type === 'Literal';
  return isText ? [node] : childrenOf(node).flatMap(rangesOverLines);
}

// Without comments, and without line breaks but those that are part of a value.
function flatten(js: string, fixed: readonly Node[], comments: readonly Node[]): string {
  let result = '';
  let at = 0;
  for (const { type, start, end } of [...fixed, ...comments].sort((one, other) => one.start - other.start)) {
    const isComment = type === 'Line' || type === 'Block';
    result +=
      js.slice(at, start).replace(/\r?\n/g, blankOf) +
      (isComment ? ' '.repeat(end - start) : js.slice(start, end));
    at = end;
  }
  return result + js.slice(at).replace(/\r?\n/g, blankOf);
}

function blankOf(text: string): string {
  return ' '.repeat(text.length);
}

function breaksOf(js: string, mappings: readonly Mapping[], fixed: readonly Node[]): Break[] {
  const starts = [0, ...[...js.matchAll(/\n/g)].map(match => match.index + 1)];
  return mappings
    .map(({ line, column, sourceLine }) => ({ offset: (starts[line] ?? 0) + column, line: sourceLine }))
    .filter(({ offset }) => !fixed.some(({ start, end }) => offset > start && offset < end));
}

// What the compiler moved from its place (an initializer, a helper's call) maps backwards; the longest series of places whose
// lines never fall leaves those out and keeps the author's statements.
function longestRise(breaks: readonly Break[]): Break[] {
  const ends: number[] = [];
  const before: number[] = [];
  breaks.forEach(({ line }, index) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (breaks[ends[middle]!]!.line <= line) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    before[index] = ends[low - 1] ?? -1;
    ends[low] = index;
  });
  const chosen: Break[] = [];
  for (let index = ends.at(-1) ?? -1; index !== -1; index = before[index] ?? -1) {
    chosen.push(breaks[index]!);
  }
  return chosen.reverse();
}

// Where a line break would end the statement, the next place takes it.
function mayBreak(before: string, after: string): boolean {
  return (
    !/(?:^|[^\p{ID_Continue}$.])(?:return|throw|break|continue|yield|async|using|accessor)\s*$/u.test(
      before
    ) && !/^(?:\+\+|--|=>)/.test(after)
  );
}
