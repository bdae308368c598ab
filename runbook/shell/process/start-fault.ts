// Why a command could not be started, found before anything is: its folder, its program (as execvp searches for it), the program that its
// first line names, and the length of its arguments. What only the system can tell is put into words by faultOfSpawn.
import { accessSync, closeSync, constants, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, resolve } from 'node:path';
import { getSystemErrorMessage } from 'node:util';

/** A command as the system is given it. */
export interface Startable {
  /** Program and arguments. */
  readonly args: readonly string[];
  readonly cwd: string;
  /** Variables beside those of this process. */
  readonly env: { readonly [name: string]: string };
}

/** Why it cannot be started. */
export interface StartFault {
  /** There is no such program. */
  readonly isNotFound: boolean;
  readonly words: string;
}

/** What keeps a command from being started, or null. */
export function startFaultOf(command: Startable): StartFault | null {
  return folderFault(command.cwd) ?? programFault(command) ?? lengthFault(command);
}

/** The words for an error of the system at the start of a program that {@link startFaultOf} had nothing to say against. */
export function faultOfSpawn(command: Startable, code: string, errno: number | undefined): StartFault {
  const [program] = command.args;
  const found = startFaultOf(command);
  if (found) {
    return found;
  }
  const words =
    code === 'E2BIG'
      ? TOO_LONG
      : code === 'ENOENT'
        ? `'${program}' is there, but what it needs to run is not (its loader, or the program that its first line names)`
        : `the system refused '${program}': ${errno === undefined ? code : `${getSystemErrorMessage(errno)} (${code})`}`;
  return { isNotFound: false, words };
}

const TOO_LONG =
  'its arguments and variables are longer than the system allows (E2BIG); give the text with the option stdin, or as a file';

function folderFault(cwd: string): StartFault | null {
  try {
    if (!statSync(cwd).isDirectory()) {
      return unfit(`its folder ${cwd} is not a folder`);
    }
    accessSync(cwd, constants.X_OK);
    return null;
  } catch (error) {
    return unfit(
      codeOf(error) === 'EACCES'
        ? `permission denied: its folder ${cwd} may not be entered`
        : `its folder ${cwd} does not exist`
    );
  }
}

function programFault({ args, cwd, env }: Startable): StartFault | null {
  const program = args[0]!;
  if (program.includes('/')) {
    const fault = fileFault(resolve(cwd, program));
    return fault?.isNotFound && !isAbsolute(program)
      ? { ...fault, words: `${fault.words}; commands start in ${cwd}` }
      : fault;
  }
  const path = env['PATH'] ?? process.env['PATH'] ?? '/bin:/usr/bin';
  const faults = path.split(delimiter).map(folder => fileFault(resolve(cwd, folder, program)));
  if (faults.includes(null)) {
    return null;
  }
  const where = path === '' ? ': the PATH is empty' : ' on the PATH';
  const words = `there is no program '${program}'${where}`;
  return faults.find(fault => fault?.isNotFound === false) ?? { isNotFound: true, words };
}

/** What is wrong with this file as a program. `depth`: the first line of a script may name a script. */
function fileFault(path: string, depth = 0): StartFault | null {
  try {
    const stat = statSync(path);
    if (!stat.isFile()) {
      return unfit(
        `permission denied: ${path} is ${stat.isDirectory() ? 'a folder' : 'not a regular file'}, not a program`
      );
    }
    accessSync(path, constants.X_OK);
  } catch (error) {
    return reachFault(path, codeOf(error));
  }
  const interpreter = interpreterOf(path);
  if (interpreter === null || depth > 3) {
    return null;
  }
  const fault = fileFault(interpreter, depth + 1);
  if (fault === null) {
    return null;
  }
  const lineEnd = interpreter.endsWith('\r') ? ' (the line ends as on Windows, with a carriage return)' : '';
  const why = fault.isNotFound ? 'which does not exist' : `and ${fault.words}`;
  return unfit(`the first line of ${path} names the program ${interpreter.trimEnd()}, ${why}${lineEnd}`);
}

function reachFault(path: string, code: string): StartFault {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return { isNotFound: true, words: `there is no program ${path}` };
    case 'EACCES':
      return unfit(`permission denied: ${path} is not executable`);
    default:
      return unfit(`${path} cannot be read (${code})`);
  }
}

/** The program that the first line names, as Linux reads it: a carriage return is a part of it. */
function interpreterOf(path: string): string | null {
  try {
    const file = openSync(path, 'r');
    try {
      const buffer = Buffer.alloc(256);
      const text = buffer.toString('utf8', 0, readSync(file, buffer, 0, buffer.length, 0));
      return /^#![ \t]*(\/[^ \t\n]*)/.exec(text)?.[1] ?? null;
    } finally {
      closeSync(file);
    }
  } catch {
    return null; // a program that may be run and not read
  }
}

/** One argument may have 32 pages; all together, with the variables, a quarter of the stack: Linux, execve(2). */
const LONGEST_ARGUMENT_BYTES = 131_072;

function lengthFault({ args, env }: Startable): StartFault | null {
  if (process.platform !== 'linux') {
    return null;
  }
  const variables = Object.entries({ ...process.env, ...env }).map(([name, value]) => `${name}=${value}`);
  const lengths = [...args, ...variables].map(text => Buffer.byteLength(text) + 1);
  const whole = lengths.reduce((sum, length) => sum + length + 8, 0);
  const isTooLong =
    lengths.some(length => length > LONGEST_ARGUMENT_BYTES) ||
    (whole > LONGEST_ARGUMENT_BYTES && whole > allowedBytes());
  return isTooLong ? unfit(TOO_LONG) : null;
}

function allowedBytes(): number {
  const stack = /^Max stack size\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
  return Math.max(LONGEST_ARGUMENT_BYTES, Math.min(Number(stack ?? Infinity) / 4, 6 * 1024 * 1024));
}

function unfit(words: string): StartFault {
  return { isNotFound: false, words };
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
