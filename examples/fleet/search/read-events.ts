// The events of a log folder in a window of time, newest first, as rows with Splunk's own fields `_time`, `_raw`, `index`,
// `source`, `sourcetype`, `host`. A line that is not JSON or has no time is not an event and is passed over.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SearchWindow } from './spl/command.ts';
import type { Row, Value } from './spl/row.ts';

export const INDEX = 'fleet';

export function readEvents(folder: string, { earliestMs, latestMs }: SearchWindow): Row[] {
  const files = readdirSync(folder).filter(file => /\.log(\.1)?$/.test(file));
  const events = files.flatMap(file =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .map(line => lineToEvent(line, file))
      .filter(event => event !== undefined)
  );
  return events
    .filter(({ timeMs }) => timeMs >= earliestMs && timeMs < latestMs)
    .sort((a, b) => b.timeMs - a.timeMs)
    .map(({ row }) => row);
}

function lineToEvent(line: string, source: string): { timeMs: number; row: Row } | undefined {
  const logged = parseObject(line);
  const timeMs = Date.parse(String(logged?.['time']));
  if (logged === undefined || Number.isNaN(timeMs)) return undefined;
  const row: Row = new Map<string, Value>([
    ['_time', timeMs / 1000],
    ['_raw', line],
    ['index', INDEX],
    ['source', source],
    ['sourcetype', 'fleet:json'],
    ['host', 'localhost']
  ]);
  addFields(row, '', logged);
  return { timeMs, row };
}

// Nested objects become dotted names and lists `name{}`, as Splunk extracts them from JSON.
function addFields(row: Row, prefix: string, object: Readonly<Record<string, unknown>>): void {
  for (const [key, value] of Object.entries(object)) {
    const name = prefix + key;
    if (Array.isArray(value)) row.set(`${name}{}`, value.map(String));
    else if (typeof value === 'object' && value !== null)
      addFields(row, `${name}.`, value as Record<string, unknown>);
    else if (typeof value === 'number') row.set(name, value);
    else if (value !== null) row.set(name, String(value));
  }
}

function parseObject(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
