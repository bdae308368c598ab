// Measures in the Node of the product. Variants take turns in each round, so that noise hits all alike; figures are medians.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import { $ } from '../../lib/runbook/index.js';
import { Masker } from '../../lib/runbook/masking/masker.js';
import { connectHost } from '../../lib/runbook/modes/connect.js';
import { summarize } from '../statistics.mjs';

const { $: zx } = await import(pathToFileURL(process.argv[2]).href);
zx.verbose = false;
const ROUNDS = 100;
const PRINTED_MB = 100;
/** A part of what is printed may be on its way; the rest must not be kept. */
const FLAT_MB = 60;
const PRINTER = `const line = 'x'.repeat(1023) + '\\n'; const chunk = line.repeat(64); let left = ${PRINTED_MB * 16};
  const print = () => { while (left-- > 0) { if (!process.stdout.write(chunk)) { process.stdout.once('drain', print); return; } } }; print();`;
const SECRETS = 50;
const MASKED_BYTES = 200e6;

let shown = 0;
connectHost(quietPorts(text => (shown += text.length)));

const overhead = await measureOverhead();
const memory = [
  ['launchbook $', await measureMemory(() => $`${process.execPath} -e ${PRINTER}`)],
  ['zx', await measureMemory(() => zx`${process.execPath} -e ${PRINTER}`.quiet())],
  ['execa', await measureMemory(() => execa(process.execPath, ['-e', PRINTER], { maxBuffer: 1e9 }))]
];
const masked = measureMasking();
const added = overhead.launchbook - overhead.spawn;

console.log(`One command (\`true\`), median of ${ROUNDS}, in ms`);
Object.entries(overhead).forEach(([name, ms]) => console.log(`  ${name.padEnd(14)} ${ms.toFixed(2)}`));
console.log(`  $ over spawn   ${added.toFixed(2)} (target: under 2)`);
console.log(`Resident memory that ${PRINTED_MB} MB of output add at most, in MB`);
memory.forEach(([name, mb]) => console.log(`  ${name.padEnd(14)} ${mb.toFixed(0)}`));
console.log(`  (target for $: at most ${FLAT_MB})`);
console.log(`Characters of it that $ showed: ${shown.toLocaleString('en-US')}`);
console.log(`Masking of log text with ${SECRETS} secrets: ${masked.toFixed(0)} MB/s (target: at least 100)`);
const streamed = memory[0][1];
process.exitCode =
  added < 2 && masked >= 100 && streamed <= FLAT_MB && shown >= PRINTED_MB * 1024 * 1024 ? 0 : 1;

async function measureOverhead() {
  const variants = {
    spawn: () => once(spawn('true', { stdio: ['ignore', 'pipe', 'pipe'] }), 'close'),
    launchbook: () => $`true`,
    execa: () => execa('true'),
    zx: () => zx`true`.quiet()
  };
  const samples = Object.fromEntries(Object.keys(variants).map(name => [name, []]));
  const names = Object.keys(variants);
  for (let round = -10; round < ROUNDS; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(turn + round + 10) % names.length];
      const startedAt = performance.now();
      await variants[name]();
      if (round >= 0) {
        samples[name].push(performance.now() - startedAt);
      }
    }
  }
  return Object.fromEntries(names.map(name => [name, summarize(samples[name]).median]));
}

async function measureMemory(run) {
  globalThis.gc();
  const before = process.memoryUsage.rss();
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 5);
  await run();
  clearInterval(timer);
  return (Math.max(most, process.memoryUsage.rss()) - before) / 1e6;
}

function measureMasking() {
  const secrets = Array.from({ length: SECRETS }, (_, index) => ({
    name: `S${index}`,
    value: randomBytes(12 + (index % 20)).toString('base64url')
  }));
  let text = '';
  for (let index = 0; text.length < 65_536; index++) {
    text += `2026-11-22T10:${index % 60}:03.123Z INFO orders-${index % 7} GET /api/v1/orders/${((index * 2_654_435_761) >>> 0).toString(16)} 200 ${index % 97} ms session=${(index * 40_503).toString(36)}\n`;
  }
  const chunk = Buffer.from(text).toString('latin1');
  const stream = new Masker(secrets).stream();
  const startedAt = performance.now();
  let bytes = 0;
  for (; bytes < MASKED_BYTES; bytes += chunk.length) {
    stream.push(chunk);
  }
  return bytes / 1000 / (performance.now() - startedAt);
}

/** A journal that forgets, and a display that counts. */
function quietPorts(onText) {
  const nothing = async () => undefined;
  return {
    journal: { startEffect: async () => 'effect', endEffect: nothing },
    display: { show: () => undefined, update: () => undefined, write: (_, text) => onText(text) },
    signal: () => new AbortController().signal,
    now: () => Date.now(),
    environment: { splunk: null },
    folder: process.cwd(),
    mode: 'live'
  };
}
