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
