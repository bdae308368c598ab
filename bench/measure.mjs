// Runs the client in Python with a plan, and collects what it tells as JSON lines. What kernels write to stderr goes to a log.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../scripts/set-up/places.mjs';
import { lastLinesOf } from '../scripts/set-up/run-command.mjs';
import { SetUpFault } from '../scripts/set-up/set-up-fault.mjs';
import { benchFolder, benchPython } from './place.mjs';

/** Passed on, so that the client ends its kernels. */
const END_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Resolves with `values`, `remarks` and `faults`, each by figure and kernel. `onProgress` gets a line now and then. */
export async function measure(plan, onProgress) {
  mkdirSync(benchFolder, { recursive: true });
  const planFile = join(benchFolder, 'plan.json');
  const log = join(benchFolder, 'kernels.log');
  writeFileSync(planFile, JSON.stringify(plan, null, 2));
  const logFile = openSync(log, 'w');
  try {
    const client = spawn(benchPython, [join(root, 'bench', 'client', 'main.py'), planFile], {
      cwd: root,
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
      stdio: ['ignore', 'pipe', logFile]
    });
    const ended = once(client, 'exit');
    END_SIGNALS.forEach(signal => process.once(signal, () => client.kill('SIGTERM')));
    const measured = await collect(client.stdout, onProgress);
    const [code, signal] = await ended;
    if (code !== 0) {
      throw new SetUpFault(
        `The measurements ended with ${code ?? signal}.`,
        `${lastLinesOf(log)}\nThe whole output is in ${relative(root, log)}.`
      );
    }
    return measured;
  } finally {
    closeSync(logFile);
  }
}

/** Folds the client's events. Of several faults of one figure the first is kept: later ones often follow from it. */
export async function collect(stdout, onProgress) {
  const measured = { values: {}, remarks: {}, faults: {} };
  for await (const line of createInterface({ input: stdout })) {
    const event = JSON.parse(line);
    const { figure, kernel } = event;
    switch (event.event) {
      case 'value':
        ((measured.values[figure] ??= {})[kernel] ??= []).push(...event.values);
        break;
      case 'remark':
        ((measured.remarks[figure] ??= {})[kernel] ??= []).push(event.text);
        break;
      case 'fault':
        (measured.faults[figure] ??= {})[kernel] ??= event.reason;
        break;
      default:
        onProgress(event.text);
    }
  }
  return measured;
}
