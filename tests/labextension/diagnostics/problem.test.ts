// From the kernel's faults to what an editor marks.
import { describe, expect, test } from '@jest/globals';
import type { CheckDiagnostic } from '../../../contract/comms/check-comm.js';
import { drawFrame } from '../../../kernel/language/answers/frame.js';
import { problemsOf } from '../../../labextension/diagnostics/problem.js';
import { ENGLISH } from '../english.js';

/** A fault as the kernel draws it: `length` characters at a 1-based place. */
function fault(
  text: string,
  line: number,
  column: number,
  length: number,
  more: Partial<CheckDiagnostic> = {}
): CheckDiagnostic {
  const start = { line: line - 1, character: column - 1 };
  const place = { start, end: { line: line - 1, character: column - 1 + length } };
  const frame = `error TS2322 in line ${line}, column ${column}: no\n${drawFrame(text, place)}`;
  return { code: 'TS2322', message: 'no', severity: 'error', line, column, frame, ...more };
}

function marked(text: string, ...faults: CheckDiagnostic[]): string[] {
  return problemsOf(text, faults, [], ENGLISH).map(({ from, to }) => text.slice(from, to));
}

describe('the place', () => {
  const text = 'const good = 1;\n\tconst count: number = "x";\n';

  test('is as long as the kernel’s carets', () => {
    expect(marked(text, fault(text, 2, 8, 5))).toEqual(['count']);
  });

  test('counts UTF-16 code units, as the kernel does', () => {
    const emoji = 'const a = "🚀"; const b: number = "x";';
    expect(marked(emoji, fault(emoji, 1, emoji.indexOf('b:') + 1, 1))).toEqual(['b']);
  });

  test('ends with its line', () => {
    expect(marked(text, fault(text, 1, 15, 40))).toEqual([';']);
  });

  test('at the end of a line is the character before', () => {
    expect(marked(text, fault(text, 1, 16, 1))).toEqual([';']);
  });

  test('behind the last line is the end of the text', () => {
    expect(marked('let x', fault('let x', 9, 1, 1))).toEqual(['x']);
  });

  test('in an empty text has no length', () => {
    expect(problemsOf('', [fault('', 1, 1, 1)], [], ENGLISH)).toMatchObject([{ from: 0, to: 0 }]);
  });
});

test('problems are in the order of the text', () => {
  const text = 'a\nb\nc';
  const faults = [3, 1, 2].map(line => fault(text, line, 1, 1));
  expect(problemsOf(text, faults, [], ENGLISH).map(problem => problem.line)).toEqual([1, 2, 3]);
});

describe('a name that is not known', () => {
  const text = 'deploy(release)';
  const unknown = fault(text, 1, 8, 7, { code: 'TS2304', message: "Cannot find name 'release'." });

  test('is an error when no cell above declares it', () => {
    expect(problemsOf(text, [unknown], ['const other = 1'], ENGLISH)).toMatchObject([
      { kind: 'error', message: "Cannot find name 'release'." }
    ]);
  });

  test('is a note when a cell above does, because that cell has not run', () => {
    expect(problemsOf(text, [unknown], ['const release = "2.4.0"'], ENGLISH)).toMatchObject([
      { kind: 'note', message: '“release” comes from a cell above that has not run yet.' }
    ]);
  });
});
