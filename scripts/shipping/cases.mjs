// One line for each case of a proof: what was tried, whether it held, and how long it took.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** True when `attempt` resolves with no faults; prints them, or the error that it threw. */
export async function isHeld(name, attempt) {
  const startedAt = performance.now();
  const faults = (await attempt().catch(error => [error.message])) ?? [];
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  const said = faults.length === 0 ? 'holds' : faults.join('\n    ');
  console.log(`${faults.length === 0 ? '✓' : '✗'} ${name}: ${said} (${seconds} s)`);
  return faults.length === 0;
}

/** Calls `act` with a new folder, which is removed afterwards. */
export async function inTemporaryFolder(act) {
  const folder = mkdtempSync(join(tmpdir(), 'launchbook-shipping-'));
  try {
    return await act(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}
