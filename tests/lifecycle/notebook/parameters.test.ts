// Parameters: which declarations count, and that a value survives being written into source code.
import { describe, expect, test } from '@jest/globals';
import { parametersOf, readParameters, withParameters } from '../../../lifecycle/notebook/parameters.js';

function cell(source: string | string[], tags: string[] = ['parameters']) {
  return { id: 'p', cell_type: 'code', source, metadata: { tags } };
}

describe('`parametersOf`', () => {
  test.each([
    ["const a = 'x'", { a: 'x' }],
    ['let a: string = "x";', { a: 'x' }],
    ['const a = `x`', { a: 'x' }],
    ['const a = 1_000', { a: 1000 }],
    ['export const a = -2.5 // seconds', { a: -2.5 }],
    ['const größe = true', { größe: true }],
    ["const a = 'it\\'s \\u00e9 \\n'", { a: "it's é \n" }],
    ["const a = 'x' + y", {}],
    ['const a = `x${y}`', {}],
    ['const a = [1]', {}],
    ["// const a = 'x'", {}]
  ])('reads %s', (source, expected) => {
    expect(parametersOf([cell(source)])).toEqual(expected);
  });

  test('looks only into code cells tagged `parameters`', () => {
    expect(
      parametersOf([cell("const a = 'x'", []), { ...cell("const b = 'x'"), cell_type: 'markdown' }])
    ).toEqual({});
  });
});

describe('`withParameters`', () => {
  test.each([
    "it's",
    'a "quoted" word',
    'back\\slash',
    'line\nfeed',
    '`${process.exit(1)}`',
    "'; process.exit(1); '",
    '\u2028',
    '$&$1'
  ])('writes %j so that it is read back as the same text', value => {
    for (const source of ["const a = 'x'", 'const a = "x"', 'const a = `x`']) {
      const [written] = withParameters([cell(source)], { a: value });
      expect(parametersOf([written!])).toEqual({ a: value });
      expect(new Function(`${String(written!.source)}; return a`)()).toBe(value);
    }
  });

  test('keeps the form of the source: one text, or a list of lines', () => {
    expect(withParameters([cell(['const a = 1\n', 'const b = 2'])], { b: 3 })[0]?.source).toEqual([
      'const a = 1\n',
      'const b = 3'
    ]);
    expect(withParameters([cell('const a = 1')], { a: 2 })[0]?.source).toBe('const a = 2');
  });
});

describe('`readParameters`', () => {
  test('keeps a text that looks like a number as a text when the default is a text', () => {
    expect(readParameters(['release=2.10'], { release: '2.4' })).toEqual({
      values: { release: '2.10' },
      faults: []
    });
  });

  test('lets a value contain "="', () => {
    expect(readParameters(['query=a=b'], { query: '' }).values).toEqual({ query: 'a=b' });
  });

  test('lists every fault', () => {
    const { faults } = readParameters(['a', 'c=1', 'n=', 'b=yes'], { n: 1, b: true });
    expect(faults).toHaveLength(4);
  });
});
