// Times of a search: `now`, seconds since 1970, ISO 8601, and relative times such as `-15m`, `-1d@d`, `@w1`. All in UTC.
import { SearchFault } from './row.ts';

const UNIT_WORDS: Readonly<Record<string, Unit>> = {
  s: 's',
  sec: 's',
  secs: 's',
  second: 's',
  seconds: 's',
  m: 'm',
  min: 'm',
  mins: 'm',
  minute: 'm',
  minutes: 'm',
  h: 'h',
  hr: 'h',
  hrs: 'h',
  hour: 'h',
  hours: 'h',
  d: 'd',
  day: 'd',
  days: 'd',
  w: 'w',
  week: 'w',
  weeks: 'w',
  mon: 'mon',
  month: 'mon',
  months: 'mon',
  y: 'y',
  yr: 'y',
  yrs: 'y',
  year: 'y',
  years: 'y'
};

type Unit = 's' | 'm' | 'h' | 'd' | 'w' | 'mon' | 'y';

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
const STEP = /([+-])(\d*)([a-z]+)|@w([0-7])|@([a-z]+)/gy;

/** @returns milliseconds since 1970 */
export function parseTime(text: string, nowMs: number): number {
  const trimmed = text.trim();
  if (trimmed === 'now' || trimmed === 'now()') return nowMs;
  if (/^\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed) * 1000;
  if (/^\d{4}-\d\d-\d\d(T|$)/.test(trimmed)) {
    const isoMs = Date.parse(/(Z|[+-]\d\d:?\d\d)$|^\d{4}-\d\d-\d\d$/.test(trimmed) ? trimmed : `${trimmed}Z`);
    if (!Number.isNaN(isoMs)) return isoMs;
  }
  return parseRelative(trimmed, nowMs);
}

/** A length of time such as `30s`, `5m` or `1d`, in milliseconds. */
export function parseSpan(text: string): number {
  const [, digits, word] = /^(\d+)([a-z]+)$/.exec(text) ?? [];
  const unit = UNIT_WORDS[word ?? ''];
  if (unit === undefined || unit === 'mon' || unit === 'y' || Number(digits) < 1) {
    throw new SearchFault(`"${text}" is not a span: expected a number and s, m, h, d or w.`);
  }
  return Number(digits) * UNIT_MS[unit];
}

/** As Splunk writes `_time`: ISO 8601 with milliseconds and offset. */
export function formatTime(epochSeconds: number): string {
  return new Date(Math.round(epochSeconds * 1000)).toISOString().replace('Z', '+00:00');
}

function parseRelative(text: string, nowMs: number): number {
  let timeMs = nowMs;
  let at = 0;
  STEP.lastIndex = 0;
  for (let step = STEP.exec(text); step !== null; step = STEP.exec(text)) {
    at = STEP.lastIndex;
    const [, sign, digits, word, weekday, snapWord] = step;
    if (weekday !== undefined) {
      timeMs = snapToWeekday(timeMs, Number(weekday));
      continue;
    }
    const unit = UNIT_WORDS[snapWord ?? word ?? ''];
    if (unit === undefined) throw new SearchFault(`Invalid time "${text}".`);
    timeMs = sign === undefined ? snap(timeMs, unit) : shift(timeMs, unit, Number(`${sign}${digits || '1'}`));
  }
  if (text === '' || at !== text.length) throw new SearchFault(`Invalid time "${text}".`);
  return timeMs;
}

function shift(timeMs: number, unit: Unit, amount: number): number {
  if (unit !== 'mon' && unit !== 'y') return timeMs + amount * UNIT_MS[unit];
  const date = new Date(timeMs);
  if (unit === 'mon') date.setUTCMonth(date.getUTCMonth() + amount);
  else date.setUTCFullYear(date.getUTCFullYear() + amount);
  return date.getTime();
}

function snap(timeMs: number, unit: Unit): number {
  if (unit === 's' || unit === 'm' || unit === 'h' || unit === 'd')
    return Math.floor(timeMs / UNIT_MS[unit]) * UNIT_MS[unit];
  const date = new Date(timeMs);
  if (unit === 'y') return Date.UTC(date.getUTCFullYear(), 0);
  if (unit === 'mon') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
  return snapToWeekday(timeMs, 0);
}

// Sunday is 0, and 7 as well.
function snapToWeekday(timeMs: number, weekday: number): number {
  const date = new Date(timeMs);
  const daysBack = (date.getUTCDay() - weekday + 7) % 7;
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() - daysBack);
}
