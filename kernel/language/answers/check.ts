// Asks the language server for the faults of one document and says them as a person reads them: code, message, place, lines.
import { isLaunchbookError, LaunchbookError } from '../../../contract/base/error.js';
import { withoutNamespaces } from '../documents/document-name.js';
import { drawFrame, type Place } from './frame.js';
import type { LanguageServer } from '../server/lsp-client.js';
import type { WrittenCell } from '../documents/widen-parameters.js';
import {
  offsetAt,
  positionAt,
  type DiagnosticReport,
  type LspDiagnostic,
  type Position
} from '../server/protocol-types.js';
import type { Fault } from '../../../record/source/parse.js';

/** A fault of a cell. `line` and `column` are 1-based, in the cell's own text. */
export interface CellDiagnostic {
  /** `TS2322`, or `cell.` and a word for what TypeScript allows and a cell cannot do. */
  readonly code: string;
  readonly message: string;
  readonly severity: 'error' | 'warning';
  readonly line: number;
  readonly column: number;
  /** Ready to print: the message, then the lines around the fault with carets under it. */
  readonly frame: string;
}

/** Errors and warnings of a cell's document, at the beginning of which its text stands. Places are those of the author's text. */
export async function checkDocument(
  server: LanguageServer,
  uri: string,
  { code, author }: Pick<WrittenCell, 'code' | 'author'>
): Promise<CellDiagnostic[]> {
  const report = await server.request<DiagnosticReport>('textDocument/diagnostic', { textDocument: { uri } });
  if (!Array.isArray(report.items)) {
    throw new LaunchbookError('The TypeScript language server answered without a list of faults.', {
      code: 'language.unreadable',
      hint: 'Nothing of the cell has run. Run it again.'
    });
  }
  const end = positionAt(code, code.length);
  return report.items
    .filter(item => (item.severity ?? 1) <= 2)
    .filter(item => Number(item.code) !== IMPORT_REQUIRE)
    .filter(item => !(isBeyond(item, end) && HARMLESS_IN_GENERATED.has(Number(item.code))))
    .map(item => {
      const severity = item.severity === 2 ? 'warning' : 'error';
      const name = `TS${item.code}`;
      const message = withoutNamespaces(item.message);
      if (author === undefined || isBeyond(item, end)) {
        return describe(author?.code ?? code, name, message, severity, item.range);
      }
      const place = (position: Position): Position =>
        positionAt(author.code, author.offsetOf(offsetAt(code, position)));
      const { start, end: last } = item.range;
      return describe(author.code, name, message, severity, { start: place(start), end: place(last) });
    });
}

/** The lines of a document, counted from 0, with an error or a warning that says something of it. */
export async function faultyLines(server: LanguageServer, uri: string): Promise<Set<number>> {
  const report = await server.request<DiagnosticReport>('textDocument/diagnostic', { textDocument: { uri } });
  const faults = (report.items ?? []).filter(
    item => (item.severity ?? 1) <= 2 && !HARMLESS_IN_GENERATED.has(Number(item.code))
  );
  return new Set(faults.map(item => item.range.start.line));
}

/** A fault that the parser or a rule of ours found. Offsets are UTF-16 code units. */
export function describeFault(code: string, name: string, fault: Fault): CellDiagnostic {
  const place = { start: positionAt(code, fault.start), end: positionAt(code, fault.end) };
  return describe(code, name, fault.message, 'error', place);
}

/** What is said of a cell that could not be checked. */
export function describeUnchecked(code: string, error: unknown): CellDiagnostic {
  const { message } = error instanceof Error ? error : { message: String(error) };
  const name = isLaunchbookError(error) ? error.code : 'language.failed';
  return describeFault(code, name, { message: `This cell was not checked. ${message}`, start: 0, end: 0 });
}

/** A fault that does not stop the cell. */
export function asWarning(diagnostic: CellDiagnostic): CellDiagnostic {
  return { ...diagnostic, severity: 'warning', frame: diagnostic.frame.replace(/^error /, 'warning ') };
}

// Complaints about how our own lines are written, which a strict tsconfig.json beside the notebook can cause.
const HARMLESS_IN_GENERATED = new Set([1205, 1288, 1294, 1448, 1484, 6133, 6192, 6196]);

// "Import assignment cannot be used when targeting ECMAScript modules": here it can, cells have `require`.
const IMPORT_REQUIRE = 1202;

function isBeyond(item: LspDiagnostic, end: { line: number; character: number }): boolean {
  const { line, character } = item.range.start;
  return line > end.line || (line === end.line && character > end.character);
}

function describe(
  code: string,
  name: string,
  message: string,
  severity: 'error' | 'warning',
  place: Place
): CellDiagnostic {
  const lines = code.split('\n');
  const line = Math.min(place.start.line, lines.length - 1);
  const column = line === place.start.line ? place.start.character : (lines[line] ?? '').length;
  const shown =
    line === place.start.line
      ? place
      : { start: { line, character: column }, end: { line, character: column } };
  const head = `${severity} ${name} in line ${line + 1}, column ${column + 1}: ${message}`;
  return {
    code: name,
    message,
    severity,
    line: line + 1,
    column: column + 1,
    frame: `${head}\n${drawFrame(code, shown)}`
  };
}
