// Runs a program to its end with its output in a log file, and tells the last lines when it fails.
import { spawn } from 'node:child_process';
import { mkdirSync, openSync, closeSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root, stateFolder } from './places.mjs';
import { SetUpFault } from './set-up-fault.mjs';

const TOLD_LINES = 12;

/** Resolves when `program` ends with exit code 0. `name` is the log's file name under .launchbook/logs. */
export async function runCommand(name, program, args, { cwd = root, env = process.env, hint = '' } = {}) {
  const folder = join(stateFolder, 'logs');
  mkdirSync(folder, { recursive: true });
  const log = join(folder, `${name}.log`);
  const file = openSync(log, 'w');
  try {
    const ended = await endOf(spawn(program, args, { cwd, env, stdio: ['ignore', file, file] }));
    if (ended !== 0) {
      throw new SetUpFault(
        `"${[program, ...args]
          .map(word => relative(root, word) || word)
          .map(nearer)
          .join(' ')}" ended with ${ended}.`,
        `${lastLinesOf(log)}\nThe whole output is in ${relative(root, log)}.${hint ? `\n${hint}` : ''}`
      );
    }
  } finally {
    closeSync(file);
  }
}

/** The last lines of a log, for a fault's hint. */
export function lastLinesOf(log) {
  return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-TOLD_LINES).join('\n');
}

function endOf(child) {
  return new Promise(resolve => {
    child.on('error', error => resolve(error.code === 'ENOENT' ? '"no such program"' : error.message));
    child.on('exit', (code, signal) => resolve(code ?? signal));
  });
}

/** `relative` makes `npm` to `npm`, but a path outside of the checkout to `../../…`; those stay as they were. */
function nearer(word) {
  return word.startsWith('..') ? word.replace(/^(\.\.[\\/])+/, '/') : word;
}
