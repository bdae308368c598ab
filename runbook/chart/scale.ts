// Axes: round numbers and round times between two values.
import { formatUtcClock } from '../../contract/base/format.js';

/** Where a value is between two others, 0 to 1; the middle when there is no distance. */
export function share(value: number, from: number, to: number): number {
  return to === from ? 0.5 : (value - from) / (to - from);
}

/**
 * Round numbers that span the values; the first is at most `least`, the last at least `most`.
 *
 * @example
 * ticksOf(0, 87, 4) // [0, 25, 50, 75, 100]
 */
export function ticksOf(least: number, most: number, wanted: number): number[] {
  const span = most > least ? most - least : Math.abs(most) || 1;
  const rough = span / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 2.5, 5, 10].find(factor => factor * power >= rough * 0.999) ?? 10);
  const first = Math.floor(least / step);
  const count = Math.max(1, Math.ceil(most / step - 1e-9) - first);
  return Array.from({ length: count + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** Round times inside two times, in milliseconds since 1970, with their texts in UTC. */
export function timeTicksOf(
  from: number,
  to: number,
  wanted: number
): { readonly at: number; readonly text: string }[] {
  const step =
    TIME_STEPS_MS.find(candidate => (to - from) / candidate <= wanted) ??
    Math.ceil((to - from) / wanted / DAY_MS) * DAY_MS;
  const ticks = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) {
    ticks.push({ at, text: timeText(at, step) });
  }
  return ticks;
}

/** A number for an axis or a caption: at most four digits after the point, with separators. */
export function numberText(value: number): string {
  return Math.abs(value) >= 1e15 || (value !== 0 && Math.abs(value) < 1e-4)
    ? value.toExponential(2)
    : value.toLocaleString('en-US', { maximumFractionDigits: Math.abs(value) < 1 ? 4 : 2 });
}

function timeText(at: number, stepMs: number): string {
  const iso = new Date(at).toISOString();
  return stepMs >= DAY_MS
    ? iso.slice(0, 10)
    : stepMs >= 60_000
      ? iso.slice(11, 16)
      : stepMs >= 1000
        ? formatUtcClock(iso)
        : iso.slice(14, 23);
}

const DAY_MS = 86_400_000;
const TIME_STEPS_MS = [
  1,
  10,
  100,
  500,
  1000,
  5000,
  10_000,
  30_000,
  60_000,
  300_000,
  600_000,
  1_800_000,
  3_600_000,
  10_800_000,
  21_600_000,
  43_200_000,
  DAY_MS,
  7 * DAY_MS
];
