// How a rehearsal reads: the same words in the panel, the status, the archive and in errors.
import { formatCount, formatDuration } from '../base/format.js';
import type { PhaseRehearsal } from './phase-rehearsal.js';
import type { Receipt, RehearsalRule } from './receipt.js';

/**
 * The receipt of a phase in one line.
 *
 * @example
 * describeReceipt(receipt, 0, nowMs) // 'in staging 3 days ago: passed in 12 min 3 s (2.4.0-staging-3f9c21)'
 */
export function describeReceipt(receipt: Receipt, changes: number, nowMs: number): string {
  const { environment, at, outcome, durationMs, run } = receipt;
  const word = outcome === 'held' ? 'not at its end' : outcome;
  const edited = changes > 0 ? ', edited since' : '';
  return `in ${environment} ${formatAge(nowMs - Date.parse(at))}: ${word} in ${formatDuration(durationMs)}${edited} (${run})`;
}

/**
 * What the rule asks, to stand after "the policy asks for".
 *
 * @example
 * describeRule({ withinMs: 604_800_000, environments: ['staging'], sameRelease: false }) // 'a rehearsal in staging within 7 days'
 */
export function describeRule({ withinMs, environments, sameRelease }: RehearsalRule): string {
  const release = sameRelease ? ' of the same release' : '';
  const within = withinMs === null ? '' : ` within ${formatSpan(withinMs)}`;
  return `a rehearsal${release} in ${environments.join(' or ')}${within}`;
}

/** Why a phase is locked, in a few words: `not rehearsed in staging`, `edited since its rehearsal`, `its rehearsal does not count`. */
export function describeLock({ rule, receipt, changes, missing }: PhaseRehearsal): string {
  if (missing.length === 0 || rule === null) {
    return '';
  }
  if (receipt === null) {
    return `not rehearsed in ${rule.environments.join(' or ')}`;
  }
  return changes.length > 0 ? 'edited since its rehearsal' : 'its rehearsal does not count';
}

/** `just now`, `5 minutes ago`, `3 days ago`: the largest unit alone. */
export function formatAge(ms: number): string {
  return ms < 60_000 ? 'just now' : `${formatSpan(ms)} ago`;
}

function formatSpan(ms: number): string {
  const [noun, length] = SPANS.find(([, least]) => ms >= least) ?? SPANS.at(-1)!;
  return formatCount(Math.floor(ms / length), noun);
}

const SPANS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000]
] as const;
