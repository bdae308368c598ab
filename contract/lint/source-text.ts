// A cell's text for rules that look for patterns: comments are blanked, so that nothing in them counts and every place keeps its line.
import { textOf, type OutlineCell } from '../outline.js';
import type { LintedRunbook, Place } from './finding.js';

const codes = new WeakMap<OutlineCell, { readonly source: OutlineCell['source']; readonly code: string }>();

/** The code of a cell, its comments replaced by spaces. Texts keep what they say. Every rule asks, so it is made once. */
export function codeOf(cell: OutlineCell): string {
  const known = codes.get(cell);
  if (known?.source === cell.source) {
    return known.code;
  }
  const code = withoutComments(textOf(cell.source));
  codes.set(cell, { source: cell.source, code });
  return code;
}

function withoutComments(source: string): string {
  return source.replace(
    /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g,
    part => (part.startsWith('/') ? part.replace(/[^\n]/g, ' ') : part)
  );
}

/** The cells with code, in order. */
export function codeCells({ cells }: LintedRunbook): readonly OutlineCell[] {
  return cells.filter(cell => cell.cell_type === 'code');
}

/** True for a cell tagged `parameters`. */
export function isParametersCell(cell: OutlineCell): boolean {
  const tags = cell.metadata?.['tags'];
  return Array.isArray(tags) && tags.includes('parameters');
}

/** The place of an offset in a cell's text. */
export function placeAt(cell: OutlineCell, text: string, offset: number, message: string): Place {
  return { cell: cell.id ?? '', line: text.slice(0, offset).split('\n').length, message };
}

/** The part of `code` in the braces, or the one statement, that begins at or after `offset`. */
export function bodyFrom(code: string, offset: number): string {
  const open = code.indexOf('{', offset);
  if (open < 0) {
    return code.slice(offset).split('\n', 2).join('\n');
  }
  let depth = 0;
  for (let index = open; index < code.length; index++) {
    depth += code[index] === '{' ? 1 : code[index] === '}' ? -1 : 0;
    if (depth === 0) {
      return code.slice(open, index + 1);
    }
  }
  return code.slice(open);
}
