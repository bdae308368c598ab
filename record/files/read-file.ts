// How every file of a run is read, whoever may have put it there: a regular file, no larger than its kind is, that does not lead out of
// its repository. A pipe or a device in its place would keep the reader waiting for ever, a link would show another person's file.
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  realpathSync,
  statSync,
  type Stats
} from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';
import { FileRefusedError } from '../errors/file-refused-error.js';
import { repositoryAround } from './repository-around.js';

const KIB = 1024;
const MIB = 1024 * KIB;

/** What is read, and the most bytes that one has. A text of more than 511 MiB cannot be held. */
const MOST_BYTES = {
  notebook: 100 * MIB,
  journal: 511 * MIB,
  manifest: 32 * MIB,
  profile: MIB,
  signers: MIB,
  token: 128 * KIB,
  lock: 64 * KIB,
  thread: 4 * MIB,
  secret: 64 * KIB,
  /** A file of one's own that a cell imports. */
  module: 16 * MIB,
  /** A document that is imported. */
  document: 10 * MIB
} as const;

/** Kinds of which a link may lead out of the repository: a person names each of them. */
const ANYWHERE: ReadonlySet<FileKind> = new Set(['notebook', 'secret', 'module', 'document']);

/** A kind of file that belongs to a run. */
export type FileKind = keyof typeof MOST_BYTES;

/**
 * The bytes of a file of a run.
 *
 * @throws FileRefusedError for what is no regular file, is too large, or is a link that leads out of the repository; what the system
 * throws, such as ENOENT, as it is.
 */
export function readFileOfRun(path: string, kind: FileKind): Buffer {
  refuseLink(path, kind);
  const descriptor = openSync(path, READ);
  try {
    refuseUnfit(path, kind, fstatSync(descriptor));
    return readAll(path, kind, descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** The same as text in UTF-8. */
export function readTextOfRun(path: string, kind: FileKind): string {
  return readFileOfRun(path, kind).toString('utf8');
}

/** The bytes, or null when there is no such file. Everything else is thrown. */
export function readFileIfPresent(path: string, kind: FileKind): Buffer | null {
  try {
    return readFileOfRun(path, kind);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return null;
    }
    throw error;
  }
}

/** Looks at a file that another program will read, such as git. @throws FileRefusedError as {@link readFileOfRun} */
export function checkFileOfRun(path: string, kind: FileKind): void {
  refuseLink(path, kind);
  refuseUnfit(path, kind, statSync(path));
}

/** Opens a file of a run that is there, by the same rules. @param flags - Beside those that keep it from waiting. */
export async function openFileOfRun(
  path: string,
  kind: FileKind,
  flags: number = constants.O_RDONLY
): Promise<FileHandle> {
  refuseLink(path, kind);
  const handle = await open(path, flags | constants.O_NONBLOCK);
  try {
    refuseUnfit(path, kind, await handle.stat());
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Without O_NONBLOCK the opening of a pipe waits for whoever writes into it. */
const READ = constants.O_RDONLY | constants.O_NONBLOCK;

function refuseLink(path: string, kind: FileKind): void {
  const stat = lstatSync(path);
  if (!stat.isSymbolicLink()) {
    refuseUnfit(path, kind, stat);
    return;
  }
  const folder = realpathSync(dirname(resolve(path)));
  const inside = relative(repositoryAround(folder) ?? folder, realpathSync(path));
  if (
    !ANYWHERE.has(kind) &&
    (inside === '..' || inside.startsWith(`..${sep}`) || resolve(inside) === inside)
  ) {
    throw new FileRefusedError(path, 'it is a link that leads out of the folder of its repository');
  }
}

function refuseUnfit(path: string, kind: FileKind, stat: Stats): void {
  if (!stat.isFile()) {
    throw new FileRefusedError(path, `it is ${kindOf(stat)}, expected a regular file`);
  }
  if (stat.size > MOST_BYTES[kind]) {
    throw tooLarge(path, kind, stat.size);
  }
}

/** Some files are longer than they say, and some grow. */
function readAll(path: string, kind: FileKind, descriptor: number): Buffer {
  const parts: Buffer[] = [];
  let length = 0;
  for (let size = Math.min(fstatSync(descriptor).size, MOST_BYTES[kind]) + 1; ; size = 64 * KIB) {
    const part = Buffer.allocUnsafe(size);
    const count = readSync(descriptor, part, 0, size, null);
    if (count === 0) {
      return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    }
    parts.push(part.subarray(0, count));
    length += count;
    if (length > MOST_BYTES[kind]) {
      throw tooLarge(path, kind, length);
    }
  }
}

function tooLarge(path: string, kind: FileKind, bytes: number): FileRefusedError {
  const most = MOST_BYTES[kind];
  const [unit, name] = most >= MIB ? [MIB, 'MiB'] : [KIB, 'KiB'];
  return new FileRefusedError(
    path,
    `it has ${Math.ceil(bytes / unit)} ${name}, at most ${most / unit} ${name} are read`
  );
}

function kindOf(stat: Stats): string {
  return stat.isDirectory()
    ? 'a folder'
    : stat.isFIFO()
      ? 'a pipe'
      : stat.isSocket()
        ? 'a socket'
        : 'a device';
}
