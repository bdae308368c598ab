// The check of a wheel's files: each planted fault is named, all of them at once, and files that are right pass.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from './root.js';

interface Checker {
  readonly checkWheel: (platform: string, stage: string, wheel: string) => void;
}

const ZEROMQ = 'product/node_modules/zeromq/build/linux/x64/node/glibc-127-Release/addon.node';
const PARSER = 'product/node_modules/@oxc-parser/binding-linux-x64-gnu/parser.linux-x64-gnu.node';
const PLATFORM = 'manylinux_2_28_x86_64';
const X64 = 0x3e;

let folder: string;
let checker: Checker;

beforeEach(async () => {
  checker = (await import(join(root, 'scripts', 'wheel', 'check-wheel.mjs'))) as Checker;
  folder = mkdtempSync(join(tmpdir(), 'launchbook-check-'));
  write(ZEROMQ, elf(X64, 'GLIBC_2.25'));
  write(PARSER, elf(X64, 'GLIBC_2.14'));
  writeFileSync(join(folder, wheelName(PLATFORM)), 'wheel');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const wheelName = (platform: string): string => `launchbook-0.1.0-py3-none-${platform}.whl`;

function write(path: string, content: string | Buffer): void {
  const file = join(folder, 'stage', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

/** The head of a Linux library for a processor, and a text that it holds. */
function elf(processor: number, text: string): Buffer {
  const head = Buffer.alloc(64);
  head.write('\x7fELF', 0, 'latin1');
  head.writeUInt16LE(processor, 18);
  return Buffer.concat([head, Buffer.from(text)]);
}

/** The faults that are told; empty when the check passes. */
function faultsOf(wheel = wheelName(PLATFORM)): string[] {
  try {
    checker.checkWheel(PLATFORM, join(folder, 'stage'), join(folder, wheel));
    return [];
  } catch (error) {
    return (error as { hint: string }).hint.split('\n');
  }
}

test('files as they should be pass', () => {
  expect(faultsOf()).toEqual([]);
});

test('another processor, a newer glibc, a link, a second addon and a wrong name are named at once', () => {
  write(ZEROMQ, elf(0xb7, 'GLIBC_2.25 GLIBC_2.38'));
  write('product/node_modules/zeromq/build/linux/x64/node/musl-127-Release/addon.node', elf(X64, ''));
  symlinkSync('x', join(folder, 'stage', 'link'));
  writeFileSync(join(folder, wheelName('linux_x86_64')), 'wheel');
  expect(faultsOf(wheelName('linux_x86_64')).sort()).toEqual([
    expect.stringMatching(/^- its name is launchbook-0\.1\.0-py3-none-linux_x86_64\.whl/),
    '- link is a link',
    expect.stringMatching(/glibc-127.*is for the processor 0xb7, not 0x3e$/),
    expect.stringMatching(/glibc-127.*needs glibc 2\.38, more than 2\.28$/),
    expect.stringMatching(/^- the native addons are .*one of each kind is expected$/)
  ]);
});

test('an absent addon, a large file and a long path are named', () => {
  rmSync(join(folder, 'stage', ZEROMQ));
  write(`product/${'long/'.repeat(40)}x.js`, 'x');
  write('product/large.js', Buffer.alloc(31 * 1024 ** 2));
  expect(faultsOf()).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/zeromq addon linux\/x64.* is absent$/),
      expect.stringMatching(/x\.js has a path of 2\d\d characters, at most 200$/),
      expect.stringMatching(/large\.js has 31\.0 MiB, at most 30\.0$/)
    ])
  );
});

test('what a file loads and no file is, is named: imports, require and threads, but not what a comment says', () => {
  write('product/lib/all.js', 'export {};\n');
  write(
    'product/lib/main.js',
    [
      "import { all } from './all.js';",
      "import {\n  gone\n} from './gone.js';",
      "export * from './parts/gone.js';",
      "const thread = new Worker(new URL('./gone-thread.js', import.meta.url));",
      "/** @type {import('./only-types.js').Type} */",
      ' * import { shown } from "./shown.js"'
    ].join('\n')
  );
  write(
    'product/node_modules/old/index.js',
    "const { gone } = require('./gone');\nconst all = require('.');\n"
  );
  expect(faultsOf()).toEqual([
    '- product/lib/main.js loads ./gone.js, which is absent',
    '- product/lib/main.js loads ./parts/gone.js, which is absent',
    '- product/lib/main.js loads ./gone-thread.js, which is absent',
    '- product/node_modules/old/index.js loads ./gone, which is absent'
  ]);
});
