import { expect, test } from '@jest/globals';
import { completenessOf } from '../../../../kernel/language/source/completeness.js';

const INCOMPLETE: readonly (readonly [string, string])[] = [
  ['if (x) {', '  '],
  ['function f(a: number) {\n  return [', '    '],
  ['f(\n', '  '],
  ['const f = () =>', '  '],
  ['const a =', ''],
  ['1 +', ''],
  ['a.', ''],
  ['a?.', ''],
  ['const a', ''],
  ['`abc', ''],
  ['`a ${b', ''],
  ['`a ${b} c', ''],
  ['f(`a\n  b', '  '],
  ['/* abc', ''],
  ['try {}', ''],
  ['class A {\n  f() {', '    '],
  ['interface A {', '  '],
  ['type A =', ''],
  ['import { a } from', ''],
  ['a ? b :', ''],
  ['if (x)', ''],
  ['x => ', '  '],
  ['const e = <ul>\n  <li>', '  ']
];

const INVALID = [
  ')',
  'let 5 = 3',
  '"abc',
  'f(1,, 2)',
  'const x: = 1',
  'return 1',
  'a b',
  '}',
  'const a = 1;;}',
  'if (x) } {',
  'if (true) }',
  '"abc\n',
  'for (const of x) {'
];

const COMPLETE = [
  '',
  '// said',
  'const a = 1',
  'if (x) {}',
  '`a\nb`',
  'f(`${1}`)',
  'await x',
  'import { a } from "m"',
  'const a: number = "x"',
  'interface A {}',
  '@d class A {}',
  'const e = <ul><li/></ul>',
  'using x = f()'
];

test.each(INCOMPLETE)('%j needs more, indented by %j', (code, indent) => {
  expect(completenessOf(code)).toEqual({ status: 'incomplete', indent });
});

test.each(INVALID)('%j is invalid', code => {
  expect(completenessOf(code)).toEqual({ status: 'invalid' });
});

test.each(COMPLETE)('%j is complete', code => {
  expect(completenessOf(code)).toEqual({ status: 'complete' });
});
