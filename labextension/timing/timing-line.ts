// The line below a cell: `passed · 07:50:03 → 07:50:15 UTC · 12.3 s · Ann Lee`, and what its tooltip adds.
import { formatCount, formatDuration } from '../../contract/base/format.js';
import { wordOf, type StatusName } from '../page/status-look.js';
import { ageText, bothClocks, clockText, type TimeZone } from '../page/time-text.js';
import type { Words } from '../page/words.js';
import type { CellTiming } from './cell-timing.js';

export interface TimingLine {
  readonly status: StatusName;
  readonly word: string;
  /** The parts after the word, in order. */
  readonly parts: readonly string[];
  /** True while the duration grows. */
  readonly isMoving: boolean;
}

export interface LineOptions {
  readonly zone: TimeZone;
  /** Of the clock, for example `HH:mm:ss`. */
  readonly format?: string;
  /** Executions that passed and took less have no line. @default 0 */
  readonly atLeastMs?: number;
  /** ISO 8601 UTC. */
  readonly now: string;
  readonly words: Words;
}

/** The line for `timing`, or null when it was too short to be told. */
export function timingLine(timing: CellTiming, options: LineOptions): TimingLine | null {
  const { words, atLeastMs = 0 } = options;
  const { status, started, ended } = timing;
  if (status === 'passed' && started !== null && ended !== null && between(started, ended) < atLeastMs) {
    return null;
  }
  const isMoving = timing.ended === null && timing.status !== 'aborted';
  return {
    status: timing.status,
    word: wordOf(timing.status, words),
    parts: partsOf(timing, options).filter(part => part !== ''),
    isMoving
  };
}

function partsOf(timing: CellTiming, options: LineOptions): string[] {
  const { words, zone, now, format } = options;
  const zoneText = zone === 'UTC' ? ' UTC' : '';
  const attempt = timing.attempt > 1 ? words.__('attempt %1', timing.attempt) : '';
  if (timing.started === null) {
    const clockOf = (time: string): string => clockText(time, zone, now, format) + zoneText;
    if (timing.status === 'queued') {
      return [words.__('since %1', clockOf(timing.queued)), elapsed(timing.queued, now), timing.by];
    }
    return [timing.status === 'refused' && timing.ended !== null ? clockOf(timing.ended) : '', timing.by];
  }
  const start = clockText(timing.started, zone, now, format);
  if (timing.ended === null) {
    // People are waited for since the cell asked, not since it started.
    const from = timing.waitingSince ?? timing.started;
    const since = clockText(from, zone, now, format);
    return [
      `${words.__('since %1', since)}${zoneText}`,
      elapsed(from, now),
      timing.waitingSince === undefined
        ? usualText(timing, words)
        : since === start
          ? ''
          : words.__('started %1', start),
      timing.by,
      attempt
    ];
  }
  const end = clockText(timing.ended, zone, timing.started, format);
  return [
    `${start} → ${end}${zoneText}`,
    formatDuration(between(timing.started, timing.ended)),
    timing.by,
    attempt
  ];
}

/** What a pointer over the line shows: both clocks, the wait, how long ago, and earlier attempts. `now` is ISO 8601 UTC. */
export function timingTitle(timing: CellTiming, now: string, words: Words): string {
  const lines = [words.__('Queued: %1', bothClocks(timing.queued))];
  if (timing.started) {
    const waited = formatDuration(Math.max(0, between(timing.queued, timing.started)));
    lines.push(words.__('Started: %1, after %2 in the queue', bothClocks(timing.started), waited));
  }
  if (timing.ended && timing.started) {
    lines.push(words.__('Ended: %1, %2 ago', bothClocks(timing.ended), ageText(timing.ended, now)));
  }
  if (timing.earlier.length > 0) {
    lines.push(words.__('Before: %1', formatCount(timing.earlier.length, 'attempt')));
    for (const record of timing.earlier) {
      const outcome = wordOf(record.outcome, words);
      const duration =
        record.outcome === 'aborted' ? '' : `, ${formatDuration(between(record.started, record.ended))}`;
      lines.push(`  ${record.n}. ${outcome}, ${bothClocks(record.ended)}${duration}, ${record.by}`);
    }
  }
  return lines.join('\n');
}

/** How long it took the last time it passed, or ''. */
function usualText({ earlier }: CellTiming, words: Words): string {
  const passed = earlier.findLast(record => record.outcome === 'passed');
  return passed ? words.__('last time %1', formatDuration(between(passed.started, passed.ended))) : '';
}

/** Whole seconds: a figure that moves once a second shows no tenths. */
function elapsed(from: string, now: string): string {
  const seconds = Math.max(0, Math.floor(between(from, now) / 1000));
  return seconds < 60 ? `${seconds} s` : formatDuration(seconds * 1000);
}

function between(from: string, to: string): number {
  return Date.parse(to) - Date.parse(from);
}
