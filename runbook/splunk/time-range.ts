// Times of a search as Splunk reads them: relative with snapping, `now`, or an instant.
import { UsageError } from '../errors/usage-error.js';
import { describeValue } from '../usage/describe-value.js';

/** `-15m`, `-1h@h`, `@d`, `now`, an ISO 8601 text with its zone, a `Date`, or seconds since 1970. */
export type SearchTime = string | number | Date;

/**
 * The text that Splunk gets.
 *
 * @example
 * readSearchTime('-15m', 'earliest')                          // '-15m'
 * readSearchTime(new Date('2026-11-22T07:50:03Z'), 'latest')  // '1795333803.000'
 */
export function readSearchTime(time: SearchTime, name: string): string {
  if (
    typeof time === 'string' &&
    /^(now(\(\))?|0|([+-]\d{1,9}[a-z]{1,8})*(@[a-z]{1,8}\d?)?([+-]\d{1,9}[a-z]{1,8})*)$/.test(time) &&
    time !== ''
  ) {
    return time;
  }
  if (typeof time === 'number' && Number.isFinite(time) && time >= 0) {
    return time.toFixed(3);
  }
  const instant =
    time instanceof Date
      ? time
      : typeof time === 'string' && /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:?\d\d)$/.test(time)
        ? new Date(time)
        : null;
  if (instant && !Number.isNaN(instant.getTime())) {
    return (instant.getTime() / 1000).toFixed(3);
  }
  throw new UsageError(
    `.${name}() got ${describeValue(time)}, expected a time such as '-15m', '-1h@h', 'now', '2026-11-22T07:50:03Z', a Date, or seconds since 1970.`
  );
}

/**
 * The latest instant that a time of Splunk may mean, in milliseconds since the epoch. Snapping goes back to an instant that depends on
 * the time zone of Splunk's user, so it is left out.
 *
 * @example
 * latestInstant('now', 1000)      // 1000
 * latestInstant('@d+8h', 0)       // 28_800_000
 * latestInstant('1795333803.000', 0) // 1795333803000
 */
export function latestInstant(time: string, nowMs: number): number {
  if (/^\d+(\.\d+)?$/.test(time)) {
    return Number(time) * 1000;
  }
  const offsets = [...time.replace(/@[a-z]+\d?/g, '').matchAll(/([+-])(\d+)([a-z]+)/g)];
  return offsets.reduce((sum, [, sign, count, unit]) => {
    const [least, most] = spanOf(unit!);
    return sum + (sign === '+' ? Number(count) * most : -Number(count) * least);
  }, nowMs);
}

/** How long a unit of Splunk is at least and at most, in milliseconds. One that nobody knows may be as long as a year. */
function spanOf(unit: string): readonly [number, number] {
  const found = SPANS.find(([names]) => names.test(unit));
  return found === undefined ? [0, 366 * DAY_MS] : [found[1], found[2] ?? found[1]];
}

const DAY_MS = 86_400_000;
const SPANS: readonly (readonly [names: RegExp, least: number, most?: number])[] = [
  [/^s(ec(ond)?s?)?$/, 1000],
  [/^m(in(ute)?s?)?$/, 60_000],
  [/^h(r|our)?s?$/, 3_600_000],
  [/^d(ays?)?$/, 82_800_000, 90_000_000],
  [/^w(eeks?)?$/, 7 * DAY_MS - 3_600_000, 7 * DAY_MS + 3_600_000],
  [/^mon(th)?s?$/, 28 * DAY_MS, 31 * DAY_MS],
  [/^q(tr|uarter)?s?$/, 90 * DAY_MS, 92 * DAY_MS],
  [/^y(r|ear)?s?$/, 365 * DAY_MS, 366 * DAY_MS]
];
