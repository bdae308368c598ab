// Structured log: one JSON object a line, appended at once so that a search sees it and a crash cannot lose it.
// A full file is renamed to `.1` (one generation is kept), so that a fleet left running does not fill the disk.
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

export type Level = 'INFO' | 'WARN' | 'ERROR';
export type Fields = Readonly<Record<string, string | number | boolean>>;

export interface Log {
  info(msg: string, fields?: Fields): void;
  warn(msg: string, fields?: Fields): void;
  error(msg: string, fields?: Fields): void;
}

const FULL_BYTES = 16 * 1024 * 1024;

export function openLog(path: string, service: string, version: string): Log {
  mkdirSync(dirname(path), { recursive: true });
  let sizeBytes = sizeOf(path);

  const write = (level: Level, msg: string, fields: Fields = {}): void => {
    const time = new Date().toISOString();
    const line = `${JSON.stringify({ time, level, service, version, msg, ...fields })}\n`;
    if (sizeBytes > FULL_BYTES) {
      renameSync(path, `${path}.1`);
      sizeBytes = 0;
    }
    appendFileSync(path, line);
    sizeBytes += Buffer.byteLength(line);
  };

  return {
    info: (msg, fields) => write('INFO', msg, fields),
    warn: (msg, fields) => write('WARN', msg, fields),
    error: (msg, fields) => write('ERROR', msg, fields)
  };
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
