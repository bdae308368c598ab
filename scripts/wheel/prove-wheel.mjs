// Installs a wheel in each way that people do, and tries it there. Needs Python 3 with venv, and an index that pip reaches for the packages
// that the wheel depends on; neither Node nor npm in the place where it is installed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isHeld } from '../shipping/cases.mjs';
import { Place } from './place.mjs';
import { WAYS } from './ways.mjs';

const HELP = `Usage: node scripts/prove-wheel.mjs [--without-browser] FILE [WAY]...

Installs the wheel FILE in each of these ways:
  ${Object.keys(WAYS).join('\n  ')}
In each it tries command, kernelspec, kernel, extension, a run whose hold point is approved in Chromium, and uninstallation, and compares
the files before and after.

Options:
  --without-browser   leave the run in Chromium out, where neither Chromium nor the checkout's npm packages are

Examples:
  node scripts/prove-wheel.mjs dist/launchbook-0.1.0-py3-none-manylinux_2_28_x86_64.whl
  node scripts/prove-wheel.mjs dist/launchbook-0.1.0-py3-none-manylinux_2_28_x86_64.whl pip uv`;

/** Whether the wheel holds in every way, or in those that are named. Prints a line a way. */
export async function proveWheel(args) {
  const options = { 'without-browser': { type: 'boolean' }, help: { type: 'boolean' } };
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [file, ...chosen] = positionals;
  const unknown = chosen.filter(name => !Object.hasOwn(WAYS, name));
  if (file === undefined || unknown.length > 0) {
    console.log(unknown.length > 0 ? `There is no way ${unknown.join(', ')}.\n\n${HELP}` : HELP);
    return values.help === true;
  }
  const story = values['without-browser']
    ? undefined
    : (await import('../shipping/installed-story.mjs')).tellInstalledStory;
  const folder = mkdtempSync(join(tmpdir(), 'launchbook-prove-'));
  const results = [];
  try {
    for (const [name, way] of Object.entries(WAYS)) {
      if (chosen.length === 0 || chosen.includes(name)) {
        const place = new Place(join(folder, name.replaceAll(/\W+/g, '-')));
        results.push(await isHeld(name, () => way(place, resolve(file), story)));
      }
    }
  } finally {
    spawnSync('chmod', ['-R', 'u+w', folder]);
    rmSync(folder, { recursive: true, force: true });
  }
  return results.every(Boolean);
}
