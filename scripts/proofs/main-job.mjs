// Proof of the main job: the check of a start in a fresh copy of what is committed, the kernel's conformance,
// and the whole story in a browser.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from '../set-up/find-chromium.mjs';
import { root } from '../set-up/places.mjs';
import { runBrowserTests } from '../test-parts/browser.mjs';
import { runConformanceTests } from '../test-parts/conformance.mjs';
import { isClean, proveParts } from './prove-parts.mjs';

export function proveMainJob() {
  return proveParts({
    'a start in a fresh copy': checkFreshCopy,
    'the kernel against jupyter_client': async () => isClean(await runConformanceTests()),
    'the story in the browser': async () => isClean(await runBrowserTests(await findChromium()))
  });
}

/** What a newcomer does: clone into an empty folder, and start. */
function checkFreshCopy() {
  const copy = mkdtempSync(join(tmpdir(), 'launchbook-'));
  const run = (program, args, cwd) => spawnSync(program, args, { cwd, stdio: 'inherit' }).status === 0;
  try {
    return (
      run('git', ['clone', '--quiet', root, copy], root) &&
      run('npm', ['start', '--silent', '--', '--check'], copy)
    );
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
