// A fault of a cell as the editor marks it: the kernel's answer with offsets into the text, and in words for whoever wrote it.
import type { CheckDiagnostic } from '../../contract/comms/check-comm.js';
import type { Words } from '../page/words.js';
import { declaresName } from './declared-names.js';

/** `note` is no fault yet: it will be gone once an earlier cell has run. */
export type ProblemKind = 'error' | 'warning' | 'note';

/** Offsets count UTF-16 code units; `to` is exclusive, and larger than `from` except in an empty line. */
export interface Problem {
  readonly kind: ProblemKind;
  readonly code: string;
  readonly message: string;
  /** 1-based. */
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

/** `Cannot find name`, with and without a proposal, and the same in a shorthand property. */
const UNKNOWN_NAME: ReadonlySet<string> = new Set(['TS2304', 'TS2552', 'TS2503', 'TS18004']);

/**
 * What the editor shows of the kernel's faults, in the order of the text.
 * `earlier` are the texts of the code cells above: a name that one of them declares will be there once that cell has run.
 */
export function problemsOf(
  text: string,
  diagnostics: readonly CheckDiagnostic[],
  earlier: readonly string[],
  words: Words
): Problem[] {
  const starts = lineStartsOf(text);
  return diagnostics
    .map(diagnostic => problemOf(text, starts, diagnostic, earlier, words))
    .sort((a, b) => a.from - b.from);
}

function problemOf(
  text: string,
  starts: readonly number[],
  { code, message, severity, line, column, frame }: CheckDiagnostic,
  earlier: readonly string[],
  words: Words
): Problem {
  const row = Math.min(Math.max(1, line), starts.length);
  const start = starts[row - 1]!;
  const end = (starts[row] ?? text.length + 1) - 1;
  const from = row === line ? Math.min(start + Math.max(0, column - 1), end) : end;
  const to = Math.min(from + Math.max(1, caretsIn(frame)), end);
  const place = { code, line: row, from: from === to && from > start ? from - 1 : from, to };
  const name = UNKNOWN_NAME.has(code) ? /'([^']+)'/.exec(message)?.[1] : undefined;
  return name !== undefined && earlier.some(source => declaresName(source, name))
    ? {
        ...place,
        kind: 'note',
        message: words.__('“%1” comes from a cell above that has not run yet.', name)
      }
    : { ...place, kind: severity, message };
}

function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    starts.push(at + 1);
  }
  return starts;
}

/** How long the fault is: the kernel draws carets under it. */
function caretsIn(frame: string): number {
  return /^ +\| *\t*[ \t]*(\^+)$/m.exec(frame)?.[1]?.length ?? 1;
}
