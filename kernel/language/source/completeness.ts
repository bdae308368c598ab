// Whether a text can run, needs more lines, or never will. The parser decides: a fault at the very end of the text, or in
// something that may still be closed (a template, a comment), needs more; a fault before the end is a mistake.
import type { Completeness } from '../../core/ports/ports.js';
import { parse, type Fault } from '../../../record/source/parse.js';

const INDENT = '  ';

/** Answers `is_complete_request`. */
export function completenessOf(code: string): Completeness {
  const fault = parse(code).faults[0];
  if (fault === undefined) {
    return { status: 'complete' };
  }
  const end = code.trimEnd().length;
  const isAtEnd = fault.start >= end || isOpenText(code, fault) || isWordAtEnd(code, fault, end);
  return isAtEnd ? { status: 'incomplete', indent: indentAfter(code) } : { status: 'invalid' };
}

// An unterminated template or comment is reported from where its last part begins.
function isOpenText(code: string, { message, start }: Fault): boolean {
  return message.startsWith('Unterminated') && /^(?:[`}]|\/\*)/.test(code.slice(start));
}

// `const a` and `a?.` are reported at their last word, and one more word would fix them.
function isWordAtEnd(code: string, fault: Fault, end: number): boolean {
  return (
    fault.end >= end &&
    code.trim() !== '' &&
    /^(?:Missing initializer|Identifier expected)/.test(fault.message)
  );
}

function indentAfter(code: string): string {
  const last = code.trimEnd().split('\n').at(-1) ?? '';
  const own = /^[ \t]*/.exec(last)?.[0] ?? '';
  return /(?:[{([]|=>)$/.test(last) ? own + INDENT : own;
}
