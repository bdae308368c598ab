// Every act on the world goes through here: announced in the journal before it begins, its end recorded after, both masked.
// The value a helper gives back is built from the recorded result alone, so that a resume can answer from the journal.
import { toErrorRecord } from '../contract/error.js';
import type { Json } from '../contract/json.js';
import type { Outcome } from '../contract/run.js';
import { ports } from './context.js';
import { knownSecrets, maskJson, maskText } from './redact.js';

/** What is about to be done. */
export interface EffectRequest {
  readonly helper: string;
  /** One line for reading. */
  readonly label: string;
  readonly request: Json;
}

/** How it ended. */
export interface EffectEnd<R> {
  readonly outcome: Outcome;
  readonly result: R;
  /** What the journal keeps when it is less than `result`. */
  readonly kept?: Json;
}

/**
 * Announces, acts, records. When the announcement cannot be written, `act` is not called.
 * A throwing `act` is recorded as failed and throws on; after an interrupt as inconclusive, because a part of it may be done.
 */
export async function performEffect<R extends Json>(
  effect: EffectRequest,
  act: () => Promise<EffectEnd<R>>
): Promise<R> {
  const { journal, now, signal } = ports();
  const interrupt = signal();
  const secrets = knownSecrets();
  const id = await journal.startEffect({
    helper: effect.helper,
    label: maskText(effect.label, secrets),
    request: maskJson(effect.request, secrets)
  });
  const startedAt = now();
  const settle = (outcome: Outcome, result: Json): Promise<void> =>
    journal.endEffect(id, {
      outcome,
      durationMs: now() - startedAt,
      result: maskJson(result, knownSecrets())
    });
  let end: EffectEnd<R>;
  try {
    end = await act();
  } catch (error) {
    await settle(interrupt.aborted ? 'inconclusive' : 'failed', {
      error: toErrorRecord(error) as unknown as Json
    });
    throw error;
  }
  await settle(end.outcome, end.kept ?? end.result);
  return end.result;
}
