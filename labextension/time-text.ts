// Points in time as the extension shows them: a clock, with the day when it is another one, in UTC or local time.
import { formatUtc, formatUtcClock } from '../contract/format.js';

/** Which clock a person wants to read. */
export type TimeZone = 'UTC' | 'local';

/** `07:50:03`, or `2026-11-22 07:50:03` when the day is not the day of `reference`. No zone is named. */
export function clockText(iso: string, zone: TimeZone, reference: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) {
    return iso;
  }
  const clock = zone === 'UTC' ? formatUtcClock(iso) : localClock(time);
  return dayOf(iso, zone) === dayOf(reference, zone) ? clock : `${dayOf(iso, zone)} ${clock}`;
}

/** Both readings, for a tooltip: `2026-11-22 07:50:03 UTC (local 2026-11-22 08:50:03)`. */
export function bothClocks(iso: string): string {
  const time = new Date(iso);
  return Number.isNaN(time.getTime())
    ? iso
    : `${formatUtc(iso)} (local ${dayOf(iso, 'local')} ${localClock(time)})`;
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
  return [time.getHours(), time.getMinutes(), time.getSeconds()].map(pad).join(':');
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
