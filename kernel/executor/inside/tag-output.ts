// Sends console.*, process.stdout, process.stderr and synchronous writes to descriptors 1 and 2 up as frames that carry their
// cell. The console object stays the same one; only its methods change, so libraries that kept a reference are covered too.
// `console.clear()` empties the cell's outputs.
import { Buffer } from 'node:buffer';
import { Console } from 'node:console';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import process from 'node:process';
import { format } from 'node:util';
import { currentCell, currentPrinter } from './cell-scope.js';
import { Object } from '../intrinsics.js';
import type { ErrorPrinter } from './describe-error.js';
import type { Reporter } from '../wire/reporter.js';

type StreamName = 'stdout' | 'stderr';
type Done = (error?: Error | null) => void;

/** Replaces the writers of this process. Descriptors 1 and 2 stay open for child processes and native code. */
export function tagOutput(reporter: Reporter, printer: ErrorPrinter): void {
  const write = (name: StreamName, text: string): void => {
    const print = currentPrinter();
    if (text === '') {
      return;
    }
    if (print === null) {
      reporter.text(name, currentCell()?.key ?? null, text);
    } else {
      print(name, text);
    }
  };
  tagStream('stdout', write);
  tagStream('stderr', write);
  tagConsole(reporter, printer);
  tagWriteSync(write);
}

function tagStream(name: StreamName, write: (name: StreamName, text: string) => void): void {
  const tagged = (chunk: unknown, encoding?: BufferEncoding | Done, done?: Done): boolean => {
    write(name, toText(chunk, typeof encoding === 'string' ? encoding : 'utf8'));
    const callback = typeof encoding === 'function' ? encoding : done;
    if (callback !== undefined) {
      process.nextTick(callback, null);
    }
    return true;
  };
  Object.defineProperty(process[name], 'write', { value: tagged, configurable: true, writable: true });
}

function tagConsole(reporter: Reporter, printer: ErrorPrinter): void {
  const tagged = new Console({
    stdout: process.stdout,
    stderr: process.stderr,
    ignoreErrors: false,
    colorMode: false
  });
  const methods = console as unknown as Record<string, unknown>;
  for (const [name, method] of Object.entries(tagged)) {
    if (typeof method === 'function' && name in methods) {
      methods[name] = method;
    }
  }
  const trace = (...values: readonly unknown[]): void => {
    const mark = new Error();
    Error.captureStackTrace(mark, trace);
    tagged.error('%s', printer.trace(mark, format(...values)));
  };
  methods['trace'] = trace;
  methods['clear'] = () => reporter.output(currentCell()?.key ?? null, { kind: 'clear', wait: false });
}

function tagWriteSync(write: (name: StreamName, text: string) => void): void {
  const original = fs.writeSync as (...args: unknown[]) => number;
  const tagged = (fd: number, data: string | NodeJS.ArrayBufferView, ...rest: unknown[]): number => {
    if ((fd !== 1 && fd !== 2) || (typeof data !== 'string' && rest.length > 0)) {
      return original(fd, data, ...rest);
    }
    write(fd === 1 ? 'stdout' : 'stderr', toText(data, 'utf8'));
    return typeof data === 'string' ? Buffer.byteLength(data) : data.byteLength;
  };
  fs.writeSync = tagged;
  syncBuiltinESMExports();
}

function toText(chunk: unknown, encoding: BufferEncoding): string {
  if (typeof chunk === 'string') {
    return encoding === 'utf8' ? chunk : Buffer.from(chunk, encoding).toString('utf8');
  }
  if (ArrayBuffer.isView(chunk)) {
    return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('utf8');
  }
  throw new TypeError(
    `The chunk to write is a ${typeof chunk}; expected a string, a Buffer or a typed array.`
  );
}
