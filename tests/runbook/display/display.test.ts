import { beforeEach, describe, expect, test } from '@jest/globals';
import { display } from '../../../runbook/index.js';
import { installFakePorts, type FakePorts } from '../fake-ports.js';
import { HOSTILE_TEXTS } from '../hostile-texts.js';

let ports: FakePorts;

beforeEach(() => {
  ports = installFakePorts();
});

function shown(type: string): string {
  return String(ports.shown[0]!.bundle[type]);
}

describe('display.table', () => {
  test('shows rows as HTML, Markdown and aligned text', () => {
    display.table([
      { service: 'orders', version: '2.4.0' },
      { service: 'a|b', extra: { n: 1 } }
    ]);
    expect(shown('text/html')).toBe(
      '<pre><b>service  version  extra</b>\n-------  -------  -------\norders   2.4.0\na|b               {"n":1}</pre>'
    );
    expect(shown('text/markdown')).toBe(
      '| service | version | extra |\n| --- | --- | --- |\n| orders | 2.4.0 |  |\n| a\\|b |  | {"n":1} |'
    );
    expect(shown('text/plain')).toBe(
      'service  version  extra\n-------  -------  -------\norders   2.4.0\na|b               {"n":1}'
    );
  });

  test('columns can be chosen, and any iterable of objects is a table', () => {
    display.table(new Set([{ a: 1, b: 2 }]), { columns: ['b'] });
    expect(shown('text/plain')).toBe('b\n-\n2');
  });

  test('an empty table says so', () => {
    display.table([]);
    expect(shown('text/plain')).toBe('No rows.');
  });

  test('at most 200 rows are shown, with the number of the others', () => {
    display.table(Array.from({ length: 1500 }, (_, n) => ({ n })));
    expect(shown('text/plain')).toMatch(/\n199\n1,300 more rows\.$/);
  });

  test('hostile texts stay text: no tag but pre, b and span is written', () => {
    display.table(HOSTILE_TEXTS.map(text => ({ text, [text]: 1 })));
    expect(shown('text/html').replace(/<\/?(pre|b|span)>/g, '')).not.toMatch(/[<>]/);
    expect(
      shown('text/markdown')
        .split('\n')
        .filter(line => !/^\|( .*)? \|$|^\|( --- \|)+$|^$|row/.test(line))
    ).toEqual([]);
  });

  test('what is not rows is refused', () => {
    expect(() => display.table('abc' as never)).toThrow(/The list of rows is/);
    expect(() => display.table([1] as never)).toThrow('expected a list of objects');
    expect(ports.shown).toEqual([]);
  });
});

describe('the other displays', () => {
  test('a status has a glyph and its word', () => {
    display.status('passed', 'Release <2.4.0> is live');
    expect(shown('text/html')).toBe('<div>☑ <b>passed</b> — Release &lt;2.4.0&gt; is live</div>');
    expect(shown('text/plain')).toBe('☑ passed: Release <2.4.0> is live');
  });

  test('an unknown status is refused', () => {
    expect(() => display.status('done' as never, 'x')).toThrow('expected one of passed, failed');
  });

  test('JSON keeps its tree, also with circles and big integers', () => {
    const value: { [key: string]: unknown } = { big: 2n, list: [new Set([1])] };
    value['self'] = value;
    display.json(value);
    expect(ports.shown[0]!.bundle['application/json']).toEqual({ big: '2', list: [[1]], self: '(circular)' });
  });

  test('the same object twice is no circle', () => {
    const same = { a: 1 };
    display.json([same, same]);
    expect(ports.shown[0]!.bundle['application/json']).toEqual([{ a: 1 }, { a: 1 }]);
  });

  test('Markdown is shown as it is', () => {
    display.markdown('**live**');
    expect(ports.shown[0]!.bundle).toEqual({ 'text/markdown': '**live**', 'text/plain': '**live**' });
  });
});
