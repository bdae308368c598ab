// Points in time as the extension shows them: a clock, with the day when it is another one, in UTC or local time.
import { formatUtc, formatUtcNear } from '../../contract/base/format.js';

/** Which clock a person wants to read. */
export type TimeZone = 'UTC' | 'local';

/** The clock unless a person has chosen another. */
export const CLOCK_FORMAT = 'HH:mm:ss';

const TOKENS = /YYYY|MM|DD|HH|hh|mm|SSS|ss|A/g;

/** True when `format` consists of `YYYY MM DD HH hh mm ss SSS A` and signs, with one of them at least. */
export function isClockFormat(format: string): boolean {
  const rest = format.replace(TOKENS, '');
  return rest !== format && !/[A-Za-z]/.test(rest);
}

/** `07:50:03`, or `2026-11-22 07:50:03` when the day is not the day of `reference`. No zone is named. */
export function clockText(iso: string, zone: TimeZone, reference: string, format = CLOCK_FORMAT): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) {
    return iso;
  }
  const clock = formatClock(time, zone, format);
  const isTold = format.includes('DD') || dayOf(iso, zone) === dayOf(reference, zone);
  return isTold ? clock : `${dayOf(iso, zone)} ${clock}`;
}

/** `07:50:03 UTC`, with its date when that is not the day of `now` (milliseconds since 1970). */
export function utcNear(iso: string, now: number): string {
  return formatUtcNear(iso, new Date(now).toISOString());
}

/** How long ago in the largest unit: `12 s`, `3 min`, `2 h`, `5 d`. */
export function ageText(iso: string, now: string): string {
  const seconds = Math.max(0, Math.floor((Date.parse(now) - Date.parse(iso)) / 1000));
  const units: readonly [number, string][] = [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'min']
  ];
  const [size, unit] = units.find(([least]) => seconds >= least) ?? [1, 's'];
  return `${Math.floor(seconds / size)} ${unit}`;
}

/** Both readings, for a tooltip: `2026-11-22 07:50:03 UTC (local 2026-11-22 08:50:03)`. */
export function bothClocks(iso: string): string {
  const time = new Date(iso);
  return Number.isNaN(time.getTime())
    ? iso
    : `${formatUtc(iso)} (local ${dayOf(iso, 'local')} ${localClock(time)})`;
}

function formatClock(time: Date, zone: TimeZone, format: string): string {
  const read = zone === 'UTC' ? time : new Date(time.getTime() - time.getTimezoneOffset() * 60_000);
  const hours = read.getUTCHours();
  const parts: { readonly [token: string]: string } = {
    YYYY: String(read.getUTCFullYear()),
    MM: pad(read.getUTCMonth() + 1),
    DD: pad(read.getUTCDate()),
    HH: pad(hours),
    hh: pad(hours % 12 || 12),
    mm: pad(read.getUTCMinutes()),
    ss: pad(read.getUTCSeconds()),
    SSS: String(read.getUTCMilliseconds()).padStart(3, '0'),
    A: hours < 12 ? 'AM' : 'PM'
  };
  return format.replace(TOKENS, token => parts[token] ?? token);
}

function dayOf(iso: string, zone: TimeZone): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) {
    return '';
  }
  return zone === 'UTC'
    ? time.toISOString().slice(0, 10)
    : `${time.getFullYear()}-${pad(time.getMonth() + 1)}-${pad(time.getDate())}`;
}

function localClock(time: Date): string {
  return formatClock(time, 'local', CLOCK_FORMAT);
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
