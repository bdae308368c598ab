// The trees of the last texts are given again; nobody can tell but by the time it takes.
import { expect, test } from '@jest/globals';
import { analyse } from '../../../record/source/analysis.js';
import { parse, parseProgram } from '../../../record/source/parse.js';

test('the same text in the same language has one tree, and one analysis', () => {
  const { body } = parse('const a = b + 1');
  expect(parse('const a = b + 1').body).toBe(body);
  expect(parseProgram('const a = b + 1', 'js').body).not.toBe(body);
  expect(analyse(body)).toBe(analyse(body));
});

test('hidden uses belong to the call that names them alone', () => {
  const { body } = parse('const a = b + 1');
  const [use] = analyse(body).occurrences;
  const withHidden = analyse(body, [{ ...use!, name: 'React' }]);
  expect(withHidden.occurrences.map(({ name }) => name)).toEqual(['a', 'b', 'React']);
  expect(analyse(body).occurrences.map(({ name }) => name)).toEqual(['a', 'b']);
});

test('long texts and texts of long ago are read anew, and mean the same', () => {
  const long = `// ${'x'.repeat(5000)}\nconst a = 1`;
  expect(parse(long).body).not.toBe(parse(long).body);
  expect(parse(long)).toEqual(parse(long));
  const { body } = parse('const early = 1');
  Array.from({ length: 100 }, (_, i) => parse(`const later_${i} = 1`));
  expect(parse('const early = 1').body).not.toBe(body);
  expect(parse('const early = 1').body).toEqual(body);
});
