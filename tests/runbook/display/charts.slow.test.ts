import { inflateSync } from 'node:zlib';
import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import { display } from '../../../runbook/index.js';
import { installFakePorts, type FakePorts } from '../fake-ports.js';
import { HOSTILE_TEXTS } from '../hostile-texts.js';
import { readPng } from './read-png.js';

// A picture takes a tenth of a second, and a minute on a machine that does much else.
jest.setTimeout(120_000);

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

function spec(): VegaLite {
  return ports.shown.at(-1)!.bundle['application/vnd.vegalite.v5+json'] as unknown as VegaLite;
}

/** What these tests read of a specification. */
interface VegaLite {
  readonly data: { readonly values: readonly Readonly<Record<string, unknown>>[] };
  readonly encoding: { readonly y: { readonly axis: { readonly labelExpr: string } } };
}

/** What the marks of the last chart say to the pointer. */
async function tooltips(): Promise<string[]> {
  const vega = await import('vega');
  const { compile } = await import('vega-lite');
  const compiled = compile(spec() as unknown as Parameters<typeof compile>[0]).spec;
  const view = await new vega.View(vega.parse(compiled), { renderer: 'none' }).runAsync();
  const told: string[] = [];
  const walk = (item: Scene): void => {
    told.push(...(typeof item.tooltip === 'string' ? [item.tooltip] : []));
    item.items?.forEach(walk);
  };
  walk((view.scenegraph() as unknown as { root: Scene }).root);
  return told;
}

interface Scene {
  readonly tooltip?: unknown;
  readonly items?: readonly Scene[];
}

test('a point of a line says where it is, what it is and how much; the line itself says nothing', async () => {
  display.lineChart(ERRORS);
  expect(await tooltips()).toEqual([
    '2026-11-22 07:50:00 UTC · orders: 3',
    '2026-11-22 07:51:00 UTC · orders: 12',
    '2026-11-22 07:52:00 UTC · orders: 6',
    '2026-11-22 07:50:00 UTC · payments: 0',
    '2026-11-22 07:52:00 UTC · payments: 2'
  ]);
  display.lineChart([{ shop: 'tea "house"', count: 12345.5 }]);
  expect(await tooltips()).toEqual(['tea "house" · count: 12,345.5']);
  display.lineChart([{ minute: 1000, count: 1 }]);
  expect(await tooltips()).toEqual(['1,000 · count: 1']);
});

test('a bar says all of its name, however long, and its value', async () => {
  const name = 'a service with a very long name that no axis has room for';
  display.barChart([{ service: name, before: 1234, after: null }]);
  expect(await tooltips()).toContain(`${name} · before: 1,234`);
});

describe('every chart', () => {
  const charts: readonly [string, () => void][] = [
    ['lineChart', () => display.lineChart(ERRORS)],
    ['barChart', () => display.barChart([{ service: 'orders', errors: 3 }])],
    ['timeline', () => display.timeline([{ label: 'Deploy', start: 0, end: 60_000 }])]
  ];

  test.each(charts)(
    '%s is a specification, a picture and a text, and nothing that would be shown instead',
    (_, show) => {
      show();
      expect(Object.keys(ports.shown[0]!.bundle)).toEqual([
        'application/vnd.vegalite.v5+json',
        'image/png',
        'text/plain'
      ]);
      const { width, pixels, palette } = picture();
      expect(width).toBe(1200);
      expect(new Set(pixels).size).toBeGreaterThan(3);
      expect(pixels.every(ink => ink < palette.length)).toBe(true);
    }
  );

  test.each(charts)('%s stays small in the archive', (_, show) => {
    show();
    expect(JSON.stringify(ports.shown[0]!.bundle).length).toBeLessThan(24_000);
  });
});

describe('display.lineChart', () => {
  test('draws the columns of numbers over the first column, with gaps, and tells them in text', () => {
    display.lineChart(ERRORS, { title: 'Errors a minute' });
    expect(shown('text/plain')).toBe(
      'Errors a minute\norders    ▃█▅  min 3, max 12, last 6\npayments  ▁ █  min 0, max 2, last 2\n2026-11-22 07:50:00 UTC to 2026-11-22 07:52:00 UTC'
    );
    const at = Date.parse('2026-11-22T07:50:00Z');
    expect(spec().data.values).toEqual([
      { x: at, y: 3, series: 0 },
      { x: at + 60_000, y: 12, series: 0 },
      { x: at + 120_000, y: 6, series: 0 },
      { x: at, y: 0, series: 1 },
      { x: at + 60_000, y: null, series: 1 },
      { x: at + 120_000, y: 2, series: 1 }
    ]);
  });

  test('columns can be chosen', () => {
    display.lineChart(ERRORS, { x: '_time', y: 'orders' });
    expect(shown('text/plain')).not.toContain('payments');
  });

  test('a long series keeps its peaks', () => {
    display.lineChart(Array.from({ length: 50_000 }, (_, n) => ({ n, load: n === 33_333 ? 990 : n % 10 })));
    expect(shown('text/plain')).toContain('max 990');
    const { values } = spec().data;
    expect(values.length).toBeLessThanOrEqual(1600);
    expect(Math.max(...values.map(({ y }) => Number(y)))).toBe(990);
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
    expect(picture().width).toBe(1200);
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
    const { pixels, palette, width } = picture();
    const blue = palette.findIndex(([red, green, blueness]) => blueness! > 180 && red! < 60 && green! > 120);
    const longest = Array.from({ length: pixels.length / width }, (_, y) =>
      pixels.subarray(y * width, (y + 1) * width).filter(ink => ink === blue)
    ).map(({ length }) => length);
    const widths = [...new Set(longest)].filter(length => length > 50).sort((a, b) => a - b);
    expect(widths[0]! / widths.at(-1)!).toBeCloseTo(0.25, 1);
  });

  test('several values stand beside each other, and rows beyond 40 are counted', () => {
    display.barChart(Array.from({ length: 50 }, (_, n) => ({ host: `h${n}`, before: n, after: -n })));
    expect(shown('text/plain')).toMatch(/before, after\n10 more rows\.$/);
    expect(picture().height).toBeGreaterThan(80 * 16 * 1.5);
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
    expect(picture().width).toBe(1200);
  });

  test('every fault of every entry is listed', () => {
    expect(() =>
      display.timeline([{ label: '', start: 'noon' }, { label: 'x', start: 2, end: 1 }, 3] as never)
    ).toThrow(
      /Entry 1: 'label' is ''[\s\S]*Entry 1: 'start' is 'noon'[\s\S]*Entry 2: 'end' is before 'start'[\s\S]*Entry 3 is 3/
    );
  });
});

test('hostile texts are literals of the specification, and are drawn', () => {
  display.barChart(
    HOSTILE_TEXTS.map((text, n) => ({ text, n })),
    { title: HOSTILE_TEXTS.join(' ').slice(0, 5000) }
  );
  expect(JSON.stringify(spec())).not.toMatch(/[\u0000-\u001f\u202a-\u202e\u2066-\u2069]/);
  const list = /^(\[.*\])\[datum\.value\]$/s.exec(spec().encoding.y.axis.labelExpr)![1]!;
  expect(JSON.parse(list)).toHaveLength(40);
  expect(picture().width).toBe(1200);
});
