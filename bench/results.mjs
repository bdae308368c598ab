// The result as a file: what was measured, on what machine, against which versions.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, platform, totalmem } from 'node:os';
import { dirname } from 'node:path';

/** The machine, as far as it matters for the figures. */
export function machine() {
  const processors = cpus();
  return {
    system: `${platform()} ${process.arch}`,
    processor: processors[0]?.model ?? 'unknown',
    processors: processors.length,
    memoryGigabytes: Math.round(totalmem() / 1e9),
    load: Number(loadavg()[0].toFixed(2))
  };
}

/** Writes `result` as JSON to `file`. */
export function writeResult(file, result) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(result, rounded, 2)}\n`);
}

/** Three decimals are more than the measurement can tell. */
function rounded(_key, value) {
  return typeof value === 'number' ? Number(value.toFixed(3)) : value;
}
