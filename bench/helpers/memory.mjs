// `node --expose-gc memory.mjs VARIANT ZX`: prints the resident memory, in MB, that this process takes more at most while a command
// prints 100 MB.
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import { $ } from '../../lib/runbook/index.js';
import { connectHost } from '../../lib/runbook/modes/connect.js';
import { PRINTED_MB, PRINTER } from './printer.mjs';
import { quietPorts } from './quiet-ports.mjs';

const SAMPLED_EVERY_MS = 5;
const [, , variant, zxPath] = process.argv;
const { $: zx } = await import(pathToFileURL(zxPath).href);
zx.verbose = false;

let shown = 0;
connectHost(quietPorts(text => (shown += text.length)));

const VARIANTS = {
  'launchbook $': async () => {
    await $`${process.execPath} -e ${PRINTER}`;
    if (shown < PRINTED_MB * 1024 * 1024) {
      throw new Error(`$ showed ${shown} characters of ${PRINTED_MB * 1024 * 1024}`);
    }
  },
  zx: () => zx`${process.execPath} -e ${PRINTER}`.quiet(),
  execa: () => execa(process.execPath, ['-e', PRINTER], { maxBuffer: 1e9 })
};

globalThis.gc();
const before = process.memoryUsage.rss();
let most = before;
const timer = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), SAMPLED_EVERY_MS);
await VARIANTS[variant]();
clearInterval(timer);
console.log((Math.max(most, process.memoryUsage.rss()) - before) / 1e6);
