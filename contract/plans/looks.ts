// What only looks and may be made again without a question: waits, searches, requests that change nothing, and the commands of a wait.
import type { Json } from '../base/json.js';
import type { EffectStarted } from '../journal/effects.js';

/** What is asked of an effect here. */
export interface PlacedEffect {
  readonly helper: string;
  readonly label: string;
  /** A command that changes something although it stands in a wait. Absent: its author has not said so. */
  readonly changes?: boolean;
}

/** Helpers that only look or wait: one that was cut off is simply done again. */
export const REPEATABLE: ReadonlySet<string> = new Set(['poll', 'soak', 'splunk']);

/** A wait, a search, or a request that changes nothing. */
export function onlyLooks({ helper, label }: PlacedEffect): boolean {
  return REPEATABLE.has(helper) || (helper === 'http' && /^(GET|HEAD) /.test(label));
}

/** What an effect's request says of that. */
export function isMarkedAsChange(request: Json): boolean {
  return (request as { readonly changes?: unknown } | null)?.changes === true;
}

/** Its author says that it only looks. */
function isMarkedAsLook(request: Json): boolean {
  return (request as { readonly changes?: unknown } | null)?.changes === false;
}

/** In a wait a command is a look, unless its author says that it changes something. */
function looksInWait(effect: PlacedEffect): boolean {
  return onlyLooks(effect) || (effect.helper === 'shell' && effect.changes !== true);
}

/** Whether an effect is a look of a wait. `outers` are the effects in which it began, innermost first. */
function isLookOfWait(effect: PlacedEffect, outers: readonly PlacedEffect[]): boolean {
  let looks = looksInWait(effect);
  for (const outer of outers) {
    if (looks && REPEATABLE.has(outer.helper)) {
      return true;
    }
    looks &&= looksInWait(outer);
  }
  return false;
}

/**
 * Whether an effect is made again with one that was cut off around it: a look with its wait, and everything with work in the background,
 * which is asked about as a whole. `outers` are the effects around it that were cut off, innermost first.
 */
export function isMadeAgain(effect: PlacedEffect, outers: readonly PlacedEffect[]): boolean {
  return outers.some(({ helper }) => helper === 'background') || isLookOfWait(effect, outers);
}

/** An effect as its record tells it. */
type ToldEffect = Pick<EffectStarted, 'effect' | 'helper' | 'label' | 'request' | 'within'>;

/** Tells of effects, in the order in which they began, which of them change nothing. */
export class Looks {
  /** Waits, and looks inside of them: what only looks and begins inside is a look of the wait. */
  readonly #shelters = new Set<string>();

  /** Whether this one changes nothing: by its kind, by the word of its author, or as a look of a wait. */
  take({ effect, helper, label, request, within }: ToldEffect): boolean {
    const isOfWait =
      within !== undefined &&
      this.#shelters.has(within) &&
      looksInWait({ helper, label, changes: isMarkedAsChange(request) });
    if (isOfWait || REPEATABLE.has(helper)) {
      this.#shelters.add(effect);
    } else {
      this.#shelters.delete(effect);
    }
    return (
      isOfWait || onlyLooks({ helper, label }) || isReading({ helper, request }) || isMarkedAsLook(request)
    );
  }
}

/** A request by its recorded method, whatever its label says. */
function isReading({ helper, request }: Pick<ToldEffect, 'helper' | 'request'>): boolean {
  const method = (request as { readonly method?: unknown } | null)?.method;
  return helper === 'http' && (method === 'GET' || method === 'HEAD');
}
