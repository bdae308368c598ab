// Times and durations as people read them. The same text in the notebook, the panel, the terminal and the archive.

/**
 * A duration for reading, with the two largest units.
 *
 * @example
 * formatDuration(840)       // '840 ms'
 * formatDuration(12_300)    // '12.3 s'
 * formatDuration(125_000)   // '2 min 5 s'
 * formatDuration(7_380_000) // '2 h 3 min'
 */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms) || ms < 0) {
    return '–';
  }
  if (ms < 1000) {
    return `${Math.round(ms)} ms`;
  }
  if (ms < 59_950) {
    return `${(ms / 1000).toFixed(1)} s`;
  }
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  }
  const minutes = Math.round(seconds / 60);
  return minutes < 1440
    ? `${Math.floor(minutes / 60)} h ${minutes % 60} min`
    : `${Math.floor(minutes / 1440)} d ${Math.floor((minutes % 1440) / 60)} h`;
}

const NO_TIME = '–';

/** `2026-11-22 07:50:03 UTC` from an ISO 8601 text; a dash when it is not a time, so that no other text comes out. */
export function formatUtc(iso: string): string {
  const time = new Date(iso);
  return Number.isNaN(time.getTime())
    ? NO_TIME
    : `${time.toISOString().slice(0, 10)} ${formatUtcClock(iso)} UTC`;
}

/** `07:50:03` from an ISO 8601 text, in UTC. */
export function formatUtcClock(iso: string): string {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? NO_TIME : time.toISOString().slice(11, 19);
}

/** `07:50:03 UTC` for a time of the day of `now` in UTC, with its date for one of another day. Both are ISO 8601 texts. */
export function formatUtcNear(iso: string, now: string): string {
  return iso.slice(0, 10) === now.slice(0, 10) ? `${formatUtcClock(iso)} UTC` : formatUtc(iso);
}

/** Made once: it is a hundred times as slow to make as to use, and a page writes counts at each change. */
const COUNTS = new Intl.NumberFormat('en-US');

/** `1 step`, `3 steps`: a count with its noun. */
export function formatCount(count: number, noun: string): string {
  return `${COUNTS.format(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/**
 * The first three of a list, and how many there are beside. The list is not empty.
 *
 * @example
 * formatFew(['Look', 'Deploy', 'Ask', 'Tell', 'Close'], 'step') // 'Look, Deploy, Ask and 2 more steps'
 */
export function formatFew(names: readonly string[], noun: string): string {
  const more = names.length - MOST_NAMES;
  const told = more > 0 ? [...names.slice(0, MOST_NAMES), formatCount(more, `more ${noun}`)] : names;
  return [told.slice(0, -1).join(', '), told.at(-1)].filter(Boolean).join(' and ');
}

const MOST_NAMES = 3;
