// A cell's TypeScript to the JavaScript that V8's REPL mode evaluates. Common cells come out byte for byte; what must change
// keeps its line, and nearly always its column, so that stack traces need no source map.
import { analyse, type Analysis } from '../../../record/source/analysis.js';
import type { Bindings } from '../names/bindings.js';
import { Edits } from './edits.js';
import { eraseTypes, type Emit } from './erase-types.js';
import { postponedImports, type ImportedName } from '../source/imported-names.js';
import { parseProgram, type CellLanguage, type Node } from '../../../record/source/parse.js';
import { renameNames } from './rewrite-occurrences.js';
import { rewriteExports } from './rewrite-exports.js';
import { importStatement, rewriteImports } from './rewrite-imports.js';
import { rewriteDeclarations } from './rewrite-declarations.js';

/** A cell without faults. */
export interface AnalysedCell {
  readonly code: string;
  readonly lang: CellLanguage;
  readonly analysis: Analysis;
}

/** A transformed cell. */
export interface Transformed {
  readonly js: string;
  /** The last statement is an expression without a semicolon after it. */
  readonly showsResult: boolean;
  /** What V8 calls the names of the notebook that the cell declares or uses. */
  readonly names: ReadonlyMap<string, string>;
  /** Those that its functions read. */
  readonly later: ReadonlyMap<string, string>;
  readonly postponed: ReadonlyMap<string, ImportedName>;
  /** Imports that an earlier cell had postponed and this one made. */
  readonly madeUp: readonly string[];
}

/** Transforms a cell. Claims the names it declares. */
export async function transform(
  cell: AnalysedCell,
  bindings: Bindings,
  compiler: Emit
): Promise<Transformed> {
  const { code, lang, analysis } = cell;
  const names = bindings.plan(code, analysis);
  const postponed = postponedImports(analysis);
  const text = rewriteDeclarations(code, analysis.body);
  const isParsed = text === code;
  const erased = await eraseTypes(text, lang, analysis.body, compiler, isParsed);
  const isWhereItWas = isParsed && erased.keepsPositions;
  const rest = isWhereItWas ? analysis : analyse(parseProgram(erased.js, 'js').body);
  const edits = new Edits(erased.js);
  const later = renameNames(edits, rest, names);
  rewriteImports(edits, rest, names, postponed);
  rewriteExports(edits, rest.body, erased.js);
  const madeUp = missingImports(analysis, bindings);
  for (const name of madeUp) {
    edits.insert(0, `${importStatement(name.source, [name], names)} `);
  }
  return {
    js: edits.apply(),
    showsResult: endsInExpression(code, analysis.body),
    names,
    later,
    postponed,
    madeUp: madeUp.map(name => name.local)
  };
}

function endsInExpression(code: string, body: readonly Node[]): boolean {
  const last = body.at(-1);
  return last?.type === 'ExpressionStatement' && code[last.end - 1] !== ';';
}

function missingImports(analysis: Analysis, bindings: Bindings): ImportedName[] {
  const used = new Set(analysis.occurrences.filter(one => !one.isType).map(one => one.name));
  return [...used].flatMap(name =>
    analysis.declared.has(name) ? [] : (bindings.live.get(name)?.postponed ?? [])
  );
}
