// A cell's text for rules that look for patterns: comments are blanked, so that nothing in them counts and every place keeps its line.
import { textOf, type OutlineCell } from '../../notebook/outline.js';
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

/** The place of an offset in a cell's text. */
export function placeAt(cell: OutlineCell, text: string, offset: number, message: string): Place {
  return { cell: cell.id ?? '', line: text.slice(0, offset).split('\n').length, message };
}

/** What stands in the brackets that open at `open`, with them. */
export function inBrackets(code: string, open: number): string {
  return code.slice(open, endOf(code, open));
}

/** The block, or the one statement, behind the brackets that open at `open`: the body of a loop or function. */
export function bodyBehind(code: string, open: number): string {
  return bodyFrom(code, endOf(code, open));
}

/** The block, or the one statement, that begins at `offset`; a type may stand before the block. */
export function bodyFrom(code: string, offset: number): string {
  const rest = code.slice(offset);
  const block = /^(?:\s*:[^{=;]*)?\s*\{/.exec(rest);
  return block ? inBrackets(code, offset + block[0].length - 1) : rest.trimStart().split(/[;\n]/, 1)[0]!;
}

/** The offset behind the bracket that closes the one at `open`. */
function endOf(code: string, open: number): number {
  let depth = 0;
  for (let index = open; index < code.length; index++) {
    depth += '({['.includes(code[index]!) ? 1 : ')}]'.includes(code[index]!) ? -1 : 0;
    if (depth === 0) {
      return index + 1;
    }
  }
  return code.length;
}
