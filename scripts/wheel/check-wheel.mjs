// What a wheel of a platform must be, looked up in its files: a wheel that was gathered on another machine cannot be tried here.
import { closeSync, lstatSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { SetUpFault } from '../set-up/set-up-fault.mjs';
import { absentModules } from './absent-modules.mjs';
import { GLIBC_MINOR, PLATFORMS } from './platforms.mjs';

const MIB = 1024 ** 2;
const MOST_WHEEL_BYTES = 20 * MIB;
const MOST_FILE_BYTES = 30 * MIB;
const MOST_PATH = 200;

/** Its size in words. Throws one fault that names everything that is wrong with the files in `stage` and the wheel made of them. */
export function checkWheel(platform, stage, wheel) {
  const { libc, processor, addon } = PLATFORMS[platform];
  const faults = [];
  const files = readdirSync(stage, { recursive: true }).map(String);
  const addons = [];
  for (const file of files) {
    const path = join(stage, file);
    const entry = lstatSync(path);
    if (entry.isSymbolicLink()) {
      faults.push(`${file} is a link`);
    }
    if (!entry.isFile()) {
      continue;
    }
    if (file.length > MOST_PATH) {
      faults.push(`${file} has a path of ${file.length} characters, at most ${MOST_PATH}`);
    }
    if (entry.size > MOST_FILE_BYTES) {
      faults.push(`${file} has ${mib(entry.size)} MiB, at most ${mib(MOST_FILE_BYTES)}`);
    }
    if (file.endsWith('.node')) {
      addons.push(file);
    }
    const found = processorOf(path);
    if (found !== null && found !== processor) {
      faults.push(`${file} is for the processor 0x${found.toString(16)}, not 0x${processor.toString(16)}`);
    }
    if (found !== null && libc === 'glibc') {
      const minor = glibcOf(path);
      if (minor > GLIBC_MINOR) {
        faults.push(`${file} needs glibc 2.${minor}, more than 2.${GLIBC_MINOR}`);
      }
    }
  }
  if (!addons.some(file => file.endsWith(`zeromq/build/${addon}`))) {
    faults.push(`the zeromq addon ${addon} is absent`);
  }
  const kinds = addons.map(file => basename(file).replace(/^parser\..*/, 'parser'));
  const doubled = kinds.filter((kind, index) => kinds.indexOf(kind) !== index);
  if (doubled.length > 0 || addons.length < 2) {
    faults.push(`the native addons are ${addons.join(', ')}; one of each kind is expected`);
  }
  faults.push(...absentModules(stage, files));
  const { size } = statSync(wheel);
  if (size > MOST_WHEEL_BYTES) {
    faults.push(`the wheel has ${mib(size)} MiB, at most ${mib(MOST_WHEEL_BYTES)}`);
  }
  if (!new RegExp(`-py3-none-${platform}\\.whl$`).test(wheel)) {
    faults.push(`its name is ${basename(wheel)}`);
  }
  if (faults.length > 0) {
    throw new SetUpFault(
      `The wheel for ${platform} is not what it should be:`,
      faults.map(fault => `- ${fault}`).join('\n')
    );
  }
  return `${mib(size)} MiB, ${files.length} files`;
}

/** What the header of a program or library says its processor is; null for other files. */
export function processorOf(path) {
  const head = Buffer.alloc(20);
  const file = openSync(path, 'r');
  try {
    readSync(file, head, 0, 20, 0);
  } finally {
    closeSync(file);
  }
  if (head.toString('latin1', 0, 4) === '\x7fELF') {
    return head.readUInt16LE(18);
  }
  return head.readUInt32LE(0) === 0xfeedfacf ? head.readUInt32LE(4) : null;
}

/** The highest 2.x of glibc that a binary asks for; 0 when it asks for none. */
export function glibcOf(path) {
  const minors = [...readFileSync(path, 'latin1').matchAll(/GLIBC_2\.(\d+)/g)].map(([, minor]) =>
    Number(minor)
  );
  return Math.max(0, ...minors);
}

function mib(bytes) {
  return (bytes / MIB).toFixed(1);
}
