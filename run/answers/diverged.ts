// A cell that is evaluated again does something other than its record says. Both are shown side by side, for people and in fields.
import type { LaunchbookError } from '../../contract/base/error.js';
import type { Json, JsonObject } from '../../contract/base/json.js';
import { makeError } from '../make-error.js';

/** What a cell asks for. */
export interface AskedEffect {
  readonly helper: string;
  readonly label: string;
  readonly request: Json;
  readonly within?: string;
  readonly lane?: string;
}

/** How long an effect that comes too early waits for the one before it; then the cell has diverged. */
export const PATIENCE_MS = 10_000;

/** The error of a replay that left its record. `recorded` is null when the record has no further effect, `now` when the cell has none. */
export function diverged(
  step: string,
  recorded: AskedEffect | null,
  now: AskedEffect | null
): LaunchbookError {
  const error = makeError(
    'DivergedError',
    'resume.diverged',
    `The cell does not repeat what its record says, so nothing of it was done again.\n  recorded: ${lineOf(recorded)}\n  now:      ${lineOf(now)}`,
    'Find what the cell depends on (the time, chance, a file, another cell), or discard from this step on and run it again.'
  );
  const fields = { step, recorded: plain(recorded), now: plain(now) };
  return Object.assign(error, { fields });
}

function lineOf(effect: AskedEffect | null): string {
  return effect ? `${effect.helper} ${effect.label}` : 'nothing';
}

function plain(effect: AskedEffect | null): JsonObject | null {
  return effect && { helper: effect.helper, label: effect.label, request: effect.request };
}
