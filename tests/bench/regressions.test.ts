// What the proof of the kernel makes of the figures: met, out of reach as documented, or a failure.
import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../house/root.js';

interface Row {
  readonly figure: string;
  readonly title: string;
  readonly target: object | null;
}
interface Target {
  readonly figure: string;
  readonly atMost: number;
  readonly of?: string;
  readonly reached?: number;
}

const load = async <T>(name: string): Promise<T> => (await import(join(root, 'bench', name))) as T;
const { findRegressions, MARGIN } = await load<{
  findRegressions(rows: Row[], left?: string[]): { lines: string[]; hasPassed: boolean };
  MARGIN: number;
}>('regressions.mjs');
const { TARGETS } = await load<{ TARGETS: Target[] }>('targets.mjs');
const { FIGURES } = await load<{ FIGURES: { id: string; title: string }[] }>('figures.mjs');

const [outOfReach] = TARGETS.filter(target => target.reached !== undefined) as [Required<Target>];
const [reachable] = TARGETS.filter(target => target.reached === undefined) as [Target];

function row({ figure, atMost, of = 'deno' }: Target, ratio: number | null): Row {
  const met = ratio !== null && ratio <= atMost;
  return { figure, title: figure, target: { atMost, of, ratio, met, reason: met ? null : 'the reason' } };
}

test('a target that is met passes', () => {
  const { lines, hasPassed } = findRegressions([row(reachable, reachable.atMost)]);
  expect(hasPassed).toBe(true);
  expect(lines[0]).toMatch(/^met: /);
});

test('a target that is documented as out of reach is printed as such, and passes within its margin', () => {
  const { lines, hasPassed } = findRegressions([row(outOfReach, outOfReach.reached * MARGIN)]);
  expect(hasPassed).toBe(true);
  expect(lines[0]).toMatch(/^out of reach: .*docs\/benchmarks.md/);
});

test('a figure that is worse than documented fails', () => {
  const { lines, hasPassed } = findRegressions([row(outOfReach, outOfReach.reached * MARGIN + 0.01)]);
  expect(hasPassed).toBe(false);
  expect(lines[0]).toMatch(/^WORSE: /);
});

test('a target that is neither met nor documented fails with its reason', () => {
  const { lines, hasPassed } = findRegressions([row(reachable, reachable.atMost + 0.01)]);
  expect(hasPassed).toBe(false);
  expect(lines[0]).toContain('the reason');
});

test('a figure that was not measured fails, unless it was not asked for', () => {
  expect(findRegressions([row(outOfReach, null)]).hasPassed).toBe(false);
  expect(findRegressions([row(outOfReach, null)], [outOfReach.figure])).toEqual({
    lines: [],
    hasPassed: true
  });
});

test('the page on the benchmarks has a row for each target that is out of reach, with its ratio', () => {
  const page = readFileSync(join(root, 'docs', 'benchmarks.md'), 'utf8').replaceAll(/ +/g, ' ');
  const documented = TARGETS.filter(target => target.reached !== undefined).map(
    ({ figure, atMost, reached }) =>
      `| ${FIGURES.find(({ id }) => id === figure)?.title} | ${atMost} | ${reached} |`
  );
  expect(documented.filter(line => !page.includes(line))).toEqual([]);
});
