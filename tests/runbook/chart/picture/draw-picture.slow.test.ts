// The pictures of charts: the same on both ways, of letters that are told apart in every script, and no weight on who draws none.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { expect, jest, test } from '@jest/globals';
import { barChart } from '../../../../runbook/chart/bar-chart.js';
import { drawChart, drawChartNow } from '../../../../runbook/chart/picture/draw-picture.js';
import { root } from '../../../house/root.js';
import { readPng } from '../../display/read-png.js';

// A picture takes a tenth of a second, and a minute on a machine that does much else.
jest.setTimeout(120_000);

test('a chart has the same picture whether a cell waits for it or not', async () => {
  const chart = chartOf(['orders', 'payments']);
  expect(drawChartNow(chart).png).toEqual((await drawChart(chart)).png);
});

test('charts that are asked for at once are drawn in turn, each its own', async () => {
  const charts = [['orders'], ['payments', 'catalog'], ['a', 'b', 'c']].map(chartOf);
  const broken = { spec: { mark: 'no such mark' }, text: 'Errors' };
  const drawn = await Promise.all([...charts, broken, ...charts].map(drawChart));
  const pictures = charts.map(chart => drawChartNow(chart).png);
  expect(drawn.map(({ png }) => png)).toEqual([...pictures, undefined, ...pictures]);
});

test('letters of every script are drawn, each as itself', () => {
  const scripts = [
    'AB',
    'ŁŚ',
    'ΩΨ',
    'ЖЯ',
    'אב',
    'عم',
    'अब',
    'กข',
    'あい',
    '中国',
    '한국',
    'ღა',
    '🚀🔥',
    '☑✗'
  ];
  const labels = scripts.flatMap(letters => [...letters]);
  const { width, pixels } = readPng(drawChartNow(chartOf(labels)).png!, inflateSync);
  const top = 44 * 1.5;
  const rows = labels.map((_, row) => {
    const from = Math.round(top + row * 36);
    return Array.from({ length: 36 }, (_line, y) =>
      pixels.subarray((from + y) * width, (from + y) * width + 60).join()
    ).join();
  });
  const alike = labels.filter((_, row) => rows.indexOf(rows[row]!) !== row);
  expect(alike).toEqual([]);
});

test('what cannot be drawn is said below the text', async () => {
  const broken = { spec: { mark: 'no such mark' }, text: 'Errors' };
  const { png, text } = drawChartNow(broken);
  expect(png).toBeUndefined();
  expect(text).toMatch(/^Errors\nThere is no picture of it: .+/);
  expect((await drawChart(broken)).text).toBe(text);
  expect(drawChartNow(chartOf(['orders'])).png).toBeDefined();
});

test.each(['drawChartNow', 'await drawChart'])('a process that has drawn ends by itself: %s', draw => {
  const [module, chart] = ['picture/draw-picture.js', 'bar-chart.js'].map(file =>
    join(root, 'lib', 'runbook', 'chart', file)
  );
  const code = `
    const { drawChart, drawChartNow } = await import('${module}');
    const { barChart } = await import('${chart}');
    const drawn = ${draw}(barChart({ places: ['a'], series: [{ name: 'n', values: [1] }] }, 'Errors'));
    console.log(drawn.png.length);`;
  const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8'
  });
  expect([status, Number(stdout) > 1000]).toEqual([0, true]);
});

test('the programs of the kernel do not name what draws', () => {
  const programs = join(root, 'lib', 'kernel', 'bundled', 'programs');
  const drawing = readdirSync(programs).filter(file =>
    /["'](?:vega|vega-lite|@resvg\/resvg-wasm)["']/.test(readFileSync(join(programs, file), 'utf8'))
  );
  expect(drawing).toEqual([]);
});

function chartOf(places: readonly string[]): ReturnType<typeof barChart> {
  return barChart({ places, series: [{ name: 'n', values: places.map(() => 1) }] }, 'Errors');
}
