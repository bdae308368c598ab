// Effects of a live run and a rehearsal: announced in the journal before they begin, their end recorded after, both masked.
// An effect that the journal has the end of is answered from there: a resume does nothing twice.
import { fromErrorRecord, toErrorRecord, type ErrorRecord } from '../../contract/error.js';
import type { Json } from '../../contract/json.js';
import type { Outcome } from '../../contract/run.js';
import type { EffectEnd, EffectRequest, EffectRunner } from '../effect.js';
import type { HostPorts } from '../ports.js';
import { knownSecrets, maskJson, maskText } from '../redact.js';

/**
 * Announces, acts, records. When the announcement cannot be written, `act` is not called.
 * A throwing `act` is recorded as failed and throws on; after an interrupt as inconclusive, because a part of it may be done.
 */
export function liveEffects({ journal, now, signal }: HostPorts): EffectRunner {
  return {
    async run<R extends Json>(effect: EffectRequest<R>, act: () => Promise<EffectEnd<R>>): Promise<R> {
      const interrupt = signal();
      const secrets = knownSecrets();
      const started = await journal.startEffect({
        helper: effect.helper,
        label: maskText(effect.label, secrets),
        request: maskJson(effect.request, secrets)
      });
      if (typeof started !== 'string') {
        return 'judged' in started ? effect.empty : (answerOf(started.recorded) as R);
      }
      const startedAt = now();
      const settle = (outcome: Outcome, result: Json): Promise<void> =>
        journal.endEffect(started, {
          outcome,
          durationMs: now() - startedAt,
          result: maskJson(result, knownSecrets())
        });
      let end: EffectEnd<R>;
      try {
        end = await act();
      } catch (error) {
        const thrown: Thrown = { error: toErrorRecord(error) };
        await settle(interrupt.aborted ? 'inconclusive' : 'failed', thrown as unknown as Json);
        throw error;
      }
      await settle(end.outcome, end.kept ?? end.result);
      return end.result;
    },
    require: check => check(),
    show: render => render()
  };
}

/** The record of an act that threw. A failure with a result, as of a command, is recorded as that result. */
interface Thrown {
  readonly error: ErrorRecord;
}

function answerOf({ outcome, result }: { readonly outcome: Outcome; readonly result: Json }): Json {
  if (outcome !== 'passed' && isThrown(result)) {
    throw fromErrorRecord(result.error);
  }
  return result;
}

function isThrown(result: unknown): result is Thrown {
  const error = (result as Partial<Thrown> | null)?.error;
  return typeof error === 'object' && typeof error.code === 'string' && typeof error.message === 'string';
}
