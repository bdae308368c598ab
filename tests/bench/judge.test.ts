// The pure parts of the benchmarks: from samples to medians, verdicts and the table. Nothing here measures a time.
import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { root } from '../house/root.js';

interface Summary {
  readonly median?: number;
  readonly remarks: readonly string[];
  readonly fault: string | null;
}
interface Verdict {
  readonly ratio: number | null;
  readonly met: boolean;
  readonly reason: string | null;
}
interface Row {
  readonly figure: string;
  readonly results: { readonly [kernel: string]: Summary };
  readonly target: Verdict | null;
}
type ByKernel<T> = { readonly [figure: string]: { readonly [kernel: string]: T } };
interface Measured {
  readonly values: ByKernel<readonly number[]>;
  readonly remarks: ByKernel<readonly string[]>;
  readonly faults: ByKernel<string>;
}

const load = async <T>(name: string): Promise<T> => (await import(join(root, 'bench', name))) as T;
const { summarize } = await load<{ summarize(values: readonly number[]): object | undefined }>(
  'statistics.mjs'
);
const { judge } = await load<{ judge(measured: Measured, scenarios: string[], kernels: string[]): Row[] }>(
  'judge.mjs'
);
const { tableOf } = await load<{ tableOf(rows: Row[], kernels: string[]): string[] }>('table.mjs');
const { collect } = await load<{
  collect(from: Readable, onProgress: (text: string) => void): Promise<Measured>;
}>('measure.mjs');
const { TARGETS } = await load<{ TARGETS: { figure: string; of?: string }[] }>('targets.mjs');
const { FIGURES, SCENARIOS } = await load<{
  FIGURES: { id: string; scenario: string; peersFrom?: string }[];
  SCENARIOS: object;
}>('figures.mjs');

const KERNELS = ['launchbook', 'deno', 'ipykernel'];

function measured(parts: Partial<Measured>): Measured {
  return { values: {}, remarks: {}, faults: {}, ...parts };
}

function rowOf(figure: string, scenario: string, parts: Partial<Measured>): Row {
  return judge(measured(parts), [scenario], KERNELS).find(row => row.figure === figure)!;
}

describe('A summary', () => {
  test('has the median of an odd and of an even number of samples', () => {
    expect(summarize([9, 1, 5])).toEqual({ median: 5, least: 1, most: 9, samples: 3 });
    expect(summarize([4, 1, 2, 100])).toEqual({ median: 3, least: 1, most: 100, samples: 4 });
  });

  test('is absent when nothing was measured', () => {
    expect(summarize([])).toBeUndefined();
  });
});

describe('A target', () => {
  test('is met by a median at the limit, and missed by one above it', () => {
    expect(
      rowOf('start', 'start', { values: { start: { launchbook: [80], deno: [100] } } }).target
    ).toMatchObject({
      ratio: 0.8,
      met: true
    });
    expect(
      rowOf('start', 'start', { values: { start: { launchbook: [81], deno: [100] } } }).target
    ).toMatchObject({
      met: false,
      reason: '0.81 is more than 0.8'
    });
  });

  test('of our kernel with another setting is compared with the plain figure of the peer', () => {
    const values = { trivial: { launchbook: [9], deno: [2] }, 'trivial-unchecked': { launchbook: [1] } };
    expect(rowOf('trivial-unchecked', 'trivial', { values }).target).toMatchObject({ ratio: 0.5, met: true });
  });

  test('without a peer is a limit of the figure itself', () => {
    const values = { 'declaring-1000': { launchbook: [1.4] } };
    expect(rowOf('declaring-1000', 'declaring', { values }).target).toMatchObject({ ratio: 1.4, met: true });
  });

  test('is not met when our kernel has a fault, whatever it measured before', () => {
    const parts = {
      values: { start: { launchbook: [1], deno: [100] } },
      faults: { start: { launchbook: 'it died' } }
    };
    expect(rowOf('start', 'start', parts).target).toMatchObject({ met: false, reason: 'it died' });
  });

  test('is not met when the peer has no figure, and says why', () => {
    const parts = { values: { start: { launchbook: [1] } }, faults: { start: { deno: 'it did not start' } } };
    expect(rowOf('start', 'start', parts).target).toMatchObject({
      ratio: null,
      met: false,
      reason: 'deno has no figure: it did not start'
    });
  });

  test('of the flood is not met by a fast kernel that loses lines', () => {
    const values = { flood: { launchbook: [10], ipykernel: [100] } };
    const remarks = { flood: { launchbook: ['3 lines lost', '12 lines lost'] } };
    expect(rowOf('flood', 'flood', { values, remarks }).target).toMatchObject({
      met: false,
      reason: '3 lines lost (2 times alike)'
    });
    expect(rowOf('flood', 'flood', { values }).target).toMatchObject({ met: true });
  });

  test('names a figure that is measured, and every figure a scenario', () => {
    const ids = FIGURES.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(TARGETS.map(({ figure }) => figure)));
    expect(ids).toEqual(expect.arrayContaining(FIGURES.flatMap(({ peersFrom }) => peersFrom ?? [])));
    expect(new Set(FIGURES.map(({ scenario }) => scenario))).toEqual(new Set(Object.keys(SCENARIOS)));
  });
});

describe('The table', () => {
  test('shows medians, ratio, target and verdict, and the reason of what is not met', () => {
    const rows = judge(
      measured({ values: { loop: { launchbook: [50, 60, 70], deno: [40] } } }),
      ['loop'],
      ['launchbook', 'deno']
    );
    expect(tableOf(rows, ['launchbook', 'deno'])).toEqual([
      '                           launchbook  deno  ratio      target  met',
      '10,000,000 additions (ms)        60.0  40.0   1.50  ≤ 1.2 deno   NO',
      '',
      'not met: 10,000,000 additions: 1.50 is more than 1.2'
    ]);
  });

  test('numbers remarks and faults and tells them below', () => {
    const rows = judge(
      measured({
        values: { flood: { launchbook: [50], deno: [40] } },
        remarks: { flood: { deno: ['9 lines lost'] } },
        faults: { flood: { ipykernel: 'it did not start' } }
      }),
      ['flood'],
      KERNELS
    );
    const table = tableOf(rows, KERNELS).join('\n');
    expect(table).toMatch(/20,000 lines \(ms\) +50\.0 +40\.0¹ +failed² /);
    expect(table).toContain(
      '¹ 20,000 lines, deno: 9 lines lost\n² 20,000 lines, ipykernel: it did not start'
    );
  });
});

describe('What the client tells', () => {
  test('is collected by figure and kernel, and the first fault is kept', async () => {
    const seen: string[] = [];
    const events = [
      { event: 'progress', text: 'start' },
      { event: 'value', figure: 'start', kernel: 'deno', values: [1] },
      { event: 'value', figure: 'start', kernel: 'deno', values: [2, 3] },
      { event: 'remark', figure: 'start', kernel: 'deno', text: 'checks no types' },
      { event: 'fault', figure: 'loop', kernel: 'tslab', reason: 'first' },
      { event: 'fault', figure: 'loop', kernel: 'tslab', reason: 'second' }
    ];
    const lines = Readable.from(events.map(event => `${JSON.stringify(event)}\n`));
    expect(await collect(lines, text => seen.push(text))).toEqual({
      values: { start: { deno: [1, 2, 3] } },
      remarks: { start: { deno: ['checks no types'] } },
      faults: { loop: { tslab: 'first' } }
    });
    expect(seen).toEqual(['start']);
  });

  test('covers the scenarios of the command line', () => {
    const client = readFileSync(join(root, 'bench', 'client', 'main.py'), 'utf8');
    const names = [...client.matchAll(/^ {4}"([a-z-]+)": \w+\.measure/gm)].map(match => match[1]);
    expect(names).toEqual(Object.keys(SCENARIOS));
  });
});
