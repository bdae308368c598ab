// Runs one part of the tests with its output on the terminal; its own report file tells the counts.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root, stateFolder } from '../set-up/places.mjs';

/** Where a part writes its report. */
export function reportFile(name) {
  return join(stateFolder, 'reports', name);
}

/** The part's counts as `read` finds them in the report; one failure when there is no report. */
export async function runPart({ program, args, env = {}, report, read }) {
  mkdirSync(dirname(report), { recursive: true });
  rmSync(report, { force: true });
  // Kernels of the tests do not write into the user's own history.
  const kept = { LAUNCHBOOK_HISTORY: join(stateFolder, 'test-history.jsonl') };
  const child = spawn(program, args, {
    cwd: root,
    env: { ...kept, ...process.env, ...env },
    stdio: 'inherit'
  });
  const exitCode = await Promise.race([
    once(child, 'exit').then(([code, signal]) => code ?? signal),
    once(child, 'error').then(([error]) => error.message)
  ]);
  try {
    return { ...read(readFileSync(report, 'utf8')), exitCode };
  } catch (error) {
    console.error(`There is no readable report: ${error.message}`);
    return { passed: 0, failed: 1, skipped: 0, exitCode };
  }
}
