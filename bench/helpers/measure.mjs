// Measures in the Node of the product. Variants take turns in each round, so that noise hits all alike; figures are medians.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import { $ } from '../../lib/runbook/index.js';
import { Masker } from '../../lib/runbook/masking/masker.js';
import { connectHost } from '../../lib/runbook/modes/connect.js';
import { summarize } from '../statistics.mjs';
import { PRINTED_MB } from './printer.mjs';
import { quietPorts } from './quiet-ports.mjs';

const { $: zx } = await import(pathToFileURL(process.argv[2]).href);
zx.verbose = false;
const ROUNDS = 100;
const MEMORY_ROUNDS = 5;
const STREAMED = ['launchbook $', 'zx', 'execa'];
/** A part of what is printed may be on its way; the rest must not be kept. */
const FLAT_MB = 60;
const SECRETS = 50;
const MASKED_BYTES = 200e6;

connectHost(quietPorts(() => undefined));

const overhead = await measureOverhead();
const memory = measureMemory();
const masked = measureMasking();
const added = overhead.launchbook - overhead.spawn;

console.log(`One command (\`true\`), median of ${ROUNDS}, in ms`);
Object.entries(overhead).forEach(([name, ms]) => console.log(`  ${name.padEnd(14)} ${ms.toFixed(2)}`));
console.log(`  $ over spawn   ${added.toFixed(2)} (target: under 2)`);
console.log(
  `Resident memory that ${PRINTED_MB} MB of output add at most, median of ${MEMORY_ROUNDS}, in MB (least to most)`
);
Object.entries(memory).forEach(([name, { median, least, most }]) =>
  console.log(`  ${name.padEnd(14)} ${median.toFixed(0)} (${least.toFixed(0)} to ${most.toFixed(0)})`)
);
console.log(`  (target for $: at most ${FLAT_MB})`);
console.log(`Masking of log text with ${SECRETS} secrets: ${masked.toFixed(0)} MB/s (target: at least 100)`);
process.exitCode = added < 2 && masked >= 100 && memory['launchbook $'].median <= FLAT_MB ? 0 : 1;

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

/** Each sample in a process of its own: memory that an earlier one has left behind would hide what the next one takes. */
function measureMemory() {
  const samples = Object.fromEntries(STREAMED.map(name => [name, []]));
  for (let round = 0; round < MEMORY_ROUNDS; round++) {
    for (const name of STREAMED) {
      samples[name].push(streamOnce(name));
    }
  }
  return Object.fromEntries(STREAMED.map(name => [name, summarize(samples[name])]));
}

function streamOnce(name) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--expose-gc', join(import.meta.dirname, 'memory.mjs'), name, process.argv[2]],
    { encoding: 'utf8' }
  );
  if (status !== 0) {
    throw new Error(`memory.mjs ${name} ended with ${status}\n${stderr}`);
  }
  return Number(stdout);
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
