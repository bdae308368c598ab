// The cell of the parameters as the type checker sees it: a parameter has the type that launchbook.yml declares, else the type of its
// default with every literal widened. `const kind = 'rc'` stands for each text that a run may be made with, so that what was checked
// with one value holds for all of them. Only the checker sees the changed text; the cell runs as it was written.
import { analyse } from '../../../record/source/analysis.js';
import type { ParameterRule, ParameterRules } from '../../../record/profile/check-parameters.js';
import { childOf, listOf, nameOf, parseProgram, type Node } from '../../../record/source/parse.js';
import { unexported } from '../source/unexported.js';
import { Edits } from '../javascript/edits.js';
import type { AnalysedCell } from '../javascript/transform.js';

/** A cell whose text was changed for the checker. */
export interface WrittenCell extends AnalysedCell {
  /** The author's text, and where in it a place of the changed text is. Absent when nothing was changed. */
  readonly author?: { readonly code: string; readonly offsetOf: (offset: number) => number };
}

/** The cell with the types of its parameters written out. */
export function withParameterTypes(cell: AnalysedCell, rules: ParameterRules): WrittenCell {
  const { code, lang, analysis } = cell;
  const inserted: Insertion[] = [];
  const edits = new Edits(code);
  for (const statement of analysis.body.map(unexported)) {
    const declarators = statement.type === 'VariableDeclaration' ? listOf(statement, 'declarations') : [];
    const casts = declarators.map(declarator => castOf(declarator, code, rules));
    declarators.forEach((declarator, index) => {
      const value = childOf(declarator, 'init');
      const cast = casts[index] ?? null;
      if (value !== null && cast) {
        const { start, end } = value;
        inserted.push({ at: start, text: '(', tells: start }, { at: end, text: cast, tells: start });
      }
    });
    // As `let` would have it, whose values are not taken for the only ones.
    if (statement['kind'] === 'const' && casts.includes(null)) {
      edits.blank(statement.start, statement.start + 'const'.length, 'let');
    }
  }
  inserted.forEach(({ at, text }) => edits.insert(at, text));
  const written = edits.apply();
  const { body, faults } = written === code ? { body: [], faults: [] } : parseProgram(written, lang);
  if (written === code || faults.length > 0) {
    return cell;
  }
  const author = { code, offsetOf: (offset: number) => authorOffset(inserted, offset) };
  return { code: written, lang, analysis: analyse(body), author };
}

interface Insertion {
  /** Where in the author's text. */
  readonly at: number;
  readonly text: string;
  /** Where a fault of the inserted text is shown. */
  readonly tells: number;
}

function authorOffset(inserted: readonly Insertion[], offset: number): number {
  let shift = 0;
  for (const { at, text, tells } of inserted) {
    if (offset <= at + shift) {
      break;
    }
    shift += text.length;
    if (offset < at + shift) {
      return tells;
    }
  }
  return offset - shift;
}

/** What stands behind a value to give it its type, or null when the value alone says it, as that of a `let`. */
function castOf(declarator: Node, code: string, rules: ParameterRules): string | null {
  const id = childOf(declarator, 'id');
  const value = childOf(declarator, 'init');
  if (id?.type !== 'Identifier' || value === null) {
    return null;
  }
  const name = nameOf(id);
  const none = value.type === 'Literal' && value['value'] === null && value['raw'] === 'null' ? 'null' : '';
  const empty = none || (nameOf(value) === 'undefined' && value.type === 'Identifier' ? 'undefined' : '');
  if (Object.hasOwn(rules, name)) {
    return `) as unknown as ${[declaredType(rules[name]!), empty].filter(Boolean).join(' | ')}`;
  }
  const annotation = childOf(id, 'typeAnnotation');
  if (annotation !== null) {
    const type = code.slice(annotation.start, annotation.end).replace(/^\s*:\s*/, '');
    return type.includes('\n') ? '' : ` satisfies ${type}) as unknown as ${type}`;
  }
  const type = empty === '' ? wideType(value) : `string | number | boolean | ${empty}`;
  return type === null ? null : `) as unknown as ${type}`;
}

/** The type that launchbook.yml declares, as TypeScript writes it. */
export function declaredType({ type, enum: values }: ParameterRule): string {
  return values === undefined ? type : values.map(value => JSON.stringify(value)).join(' | ');
}

function wideType(value: Node): string | null {
  if (value.type === 'TemplateLiteral') {
    return 'string';
  }
  const literal = value.type === 'UnaryExpression' ? childOf(value, 'argument')! : value;
  const type = typeof literal['value'];
  const isWide = literal.type === 'Literal' && WIDE.has(type);
  return isWide && (value === literal || value['operator'] === '-') ? type : null;
}

const WIDE = new Set(['string', 'number', 'boolean', 'bigint']);
