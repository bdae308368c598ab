import { inflateSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { display } from '../../../runbook/index.js';
import { installFakePorts, type FakePorts } from '../fake-ports.js';
import { HOSTILE_TEXTS } from '../hostile-texts.js';
import { readPng } from './read-png.js';

let ports: FakePorts;
beforeEach(() => {
  ports = installFakePorts();
});

const ERRORS = [
  { _time: '2026-11-22T07:50:00.000+00:00', orders: '3', payments: '0', _span: '60' },
  { _time: '2026-11-22T07:51:00.000+00:00', orders: '12', payments: '', _span: '60' },
  { _time: '2026-11-22T07:52:00.000+00:00', orders: '6', payments: '2', _span: '60' }
];

function shown(type: string): string {
  return String(ports.shown.at(-1)!.bundle[type]);
}

function picture(): ReturnType<typeof readPng> {
  return readPng(Buffer.from(shown('image/png'), 'base64'), inflateSync);
}

describe('every chart', () => {
  const charts: readonly [string, () => void][] = [
    ['lineChart', () => display.lineChart(ERRORS)],
    ['barChart', () => display.barChart([{ service: 'orders', errors: 3 }])],
    ['timeline', () => display.timeline([{ label: 'Deploy', start: 0, end: 60_000 }])]
  ];

  test.each(charts)(
    '%s is a picture twice and a text, and nothing that would be shown instead',
    (_, show) => {
      show();
      expect(Object.keys(ports.shown[0]!.bundle)).toEqual(['image/svg+xml', 'image/png', 'text/plain']);
      const { width, height, pixels, palette } = picture();
      expect(shown('image/svg+xml')).toContain(`width="${width}" height="${height}"`);
      expect(new Set(pixels).size).toBeGreaterThan(3);
      expect(pixels.every(ink => ink < palette.length)).toBe(true);
    }
  );

  test.each(charts)('%s stays small in the archive', (_, show) => {
    show();
    expect(JSON.stringify(ports.shown[0]!.bundle).length).toBeLessThan(16_000);
  });

  test.each(charts)('%s has the same series in both pictures', (_, show) => {
    show();
    const { pixels, palette } = picture();
    const inks = new Set([...pixels].filter(ink => ink > 3));
    for (const ink of inks) {
      const colour = `#${palette[ink]!.map(part => part.toString(16).padStart(2, '0')).join('')}`;
      expect(shown('image/svg+xml')).toContain(colour);
    }
    expect(inks.size).toBeGreaterThan(0);
  });
});

describe('display.lineChart', () => {
  test('draws the columns of numbers over the first column, with gaps, and tells them in text', () => {
    display.lineChart(ERRORS, { title: 'Errors a minute' });
    expect(shown('text/plain')).toBe(
      'Errors a minute\norders    ▃█▅  min 3, max 12, last 6\npayments  ▁ █  min 0, max 2, last 2\n2026-11-22 07:50:00 UTC to 2026-11-22 07:52:00 UTC'
    );
    expect(shown('image/svg+xml')).toContain('>07:51:30<');
    expect(shown('image/svg+xml').match(/<polyline[^>]*stroke-width="3"/g)).toHaveLength(3);
  });

  test('columns can be chosen', () => {
    display.lineChart(ERRORS, { x: '_time', y: 'orders' });
    expect(shown('text/plain')).not.toContain('payments');
  });

  test('a long series keeps its peaks', () => {
    display.lineChart(Array.from({ length: 50_000 }, (_, n) => ({ n, load: n === 33_333 ? 990 : n % 10 })));
    expect(shown('text/plain')).toContain('max 990');
    const points = [
      ...shown('image/svg+xml').matchAll(/<polyline points="([^"]*)"[^>]*stroke-width="3"/g)
    ][0]![1]!.split(' ');
    expect(points.length).toBeLessThanOrEqual(700);
    expect(Math.min(...points.map(point => Number(point.split(',')[1])))).toBeLessThan(80);
  });

  test.each([
    [[], 'No rows'],
    [[{ n: 1, y: 5 }], 'y'],
    [
      [
        { n: 'a', y: -5 },
        { n: 'b', y: 0.00001 }
      ],
      'y'
    ],
    [
      [
        { n: 1, y: 7 },
        { n: 1, y: 7 }
      ],
      'y'
    ]
  ])('%j can be drawn', (rows, caption) => {
    display.lineChart(rows);
    expect(shown('text/plain').startsWith(caption)).toBe(true);
    expect(shown('image/svg+xml')).not.toMatch(/NaN|Infinity|undefined/);
    expect(picture().width).toBe(800);
  });

  test('faults are listed at once and nothing is shown', () => {
    expect(() => display.lineChart(ERRORS, { y: ['order', '_time'], colour: 'red' } as never)).toThrow(
      "'colour' is not an option"
    );
    expect(() => display.lineChart(ERRORS, { x: 'time', y: ['order', '_time'] })).toThrow(
      /There is no column 'time'. Did you mean '_time'\?[\s\S]*There is no column 'order'. Did you mean 'orders'\?[\s\S]*'_time' is '2026-11-22T07:50:00.000\+00:00' in row 1, expected a number/
    );
    expect(() => display.lineChart('x' as never)).toThrow('expected a list of objects');
    expect(() => display.lineChart([{ a: 'x', b: 'y' }])).toThrow('No column has numbers');
    expect(ports.shown).toEqual([]);
  });
});

describe('display.barChart', () => {
  test('draws one bar a row, as long as its value', () => {
    display.barChart(
      [
        { service: 'orders', errors: 20 },
        { service: 'payments', errors: 5 },
        { service: 'catalog', errors: 0 }
      ],
      { title: 'Errors' }
    );
    expect(shown('text/plain')).toBe(
      `Errors\norders    ${'█'.repeat(40)} 20\npayments  ${'█'.repeat(10)} 5\ncatalog   0`
    );
    const widths = [...shown('image/svg+xml').matchAll(/<rect x[^>]*width="([\d.]+)" height="18"/g)].map(
      match => Number(match[1])
    );
    expect(widths[1]! / widths[0]!).toBeCloseTo(0.25, 2);
  });

  test('several values stand beside each other, and rows beyond 40 are counted', () => {
    display.barChart(Array.from({ length: 50 }, (_, n) => ({ host: `h${n}`, before: n, after: -n })));
    expect(shown('text/plain')).toMatch(/before, after\n10 more rows\.$/);
    expect(picture().height).toBeGreaterThan(80 * 22);
  });

  test('no rows are no failure', () => {
    display.barChart([]);
    expect(shown('text/plain')).toBe('No rows');
  });
});

describe('display.timeline', () => {
  test('draws when each thing began and ended, in UTC', () => {
    display.timeline(
      [
        {
          label: 'Schema',
          start: '2026-11-22T07:50:00Z',
          end: new Date('2026-11-22T07:50:30Z'),
          status: 'passed'
        },
        {
          label: 'Deploy',
          start: Date.parse('2026-11-22T07:50:30Z'),
          end: '2026-11-22T07:51:00Z',
          status: 'failed'
        }
      ],
      { title: 'Release' }
    );
    expect(shown('text/plain')).toBe(
      `Release\nSchema  ${'█'.repeat(21).padEnd(40)}  07:50:00  passed, 30.0 s\nDeploy  ${' '.repeat(20)}${'█'.repeat(20)}  07:50:30  failed, 30.0 s\n2026-11-22 07:50:00 UTC to 2026-11-22 07:51:00 UTC`
    );
  });

  test('what has no end reaches to now, and no entries are no failure', () => {
    display.timeline([{ label: 'Soak', start: Date.now() - 120_000 }]);
    expect(shown('text/plain')).toContain('2 min 0 s');
    display.timeline([]);
    expect(shown('text/plain')).toBe('Timeline\nNothing yet.');
    expect(shown('image/svg+xml')).not.toMatch(/NaN|Infinity/);
  });

  test('every fault of every entry is listed', () => {
    expect(() =>
      display.timeline([{ label: '', start: 'noon' }, { label: 'x', start: 2, end: 1 }, 3] as never)
    ).toThrow(
      /Entry 1: 'label' is ''[\s\S]*Entry 1: 'start' is 'noon'[\s\S]*Entry 2: 'end' is before 'start'[\s\S]*Entry 3 is 3/
    );
  });
});

test('hostile texts stay text in the SVG, and every letter has a place in the PNG', () => {
  display.barChart(
    HOSTILE_TEXTS.map((text, n) => ({ text, n })),
    { title: HOSTILE_TEXTS.join(' ').slice(0, 5000) }
  );
  const svg = shown('image/svg+xml');
  expect(svg.replace(/<\/?(svg|title|rect|text|polyline)\b[^<>]*>/g, '')).not.toMatch(/[<>]/);
  expect(svg).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
  expect(picture().width).toBe(800);
});
