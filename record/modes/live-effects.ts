// Effects of a live run and a rehearsal: announced in the journal before they begin, their end recorded after, both masked.
// An effect that the journal has the end of is answered from there: a resume does nothing twice.
import { fromErrorRecord, toErrorRecord, type ErrorRecord } from '../../contract/base/error.js';
import type { Json } from '../../contract/base/json.js';
import type { Outcome } from '../../contract/base/run.js';
import { effectPlace, insideEffect } from '../../runbook/effect/effect-place.js';
import type {
  EffectEnd,
  EffectRequest,
  EffectRunner,
  OpenEffect
} from '../../runbook/effect/effect-runner.js';
import type { HostPorts, RecordedEffect } from '../../runbook/ports.js';
import { knownSecrets, maskJson, maskText } from '../../runbook/redact.js';

/**
 * Announces, acts, records. When the announcement cannot be written, `act` is not called.
 * A throwing `act` is recorded as failed and throws on; after an interrupt as inconclusive, because a part of it may be done.
 */
export function liveEffects({ journal, signal }: HostPorts): EffectRunner {
  const begin = async ({ helper, label, request }: EffectRequest): Promise<RecordedEffect | OpenEffect> => {
    const secrets = knownSecrets();
    const started = await journal.startEffect({
      helper,
      label: maskText(label, secrets),
      request: maskJson(request, secrets),
      ...effectPlace()
    });
    if (typeof started !== 'string') {
      return started;
    }
    const begunMs = performance.now(); // a clock may be set meanwhile
    return {
      id: started,
      settle: (outcome, result) =>
        journal.endEffect(started, {
          outcome,
          durationMs: Math.round(performance.now() - begunMs),
          result: maskJson(result, knownSecrets())
        })
    };
  };
  return {
    async run<R extends Json>(effect: EffectRequest<R>, act: () => Promise<EffectEnd<R>>): Promise<R> {
      const interrupt = signal();
      const begun = await begin(effect);
      if (!('settle' in begun)) {
        return 'judged' in begun ? effect.empty : (answerOf(begun.recorded) as R);
      }
      const { id, settle } = begun;
      let end: EffectEnd<R>;
      try {
        end = await insideEffect(id, act);
      } catch (error) {
        const thrown: Thrown = { error: toErrorRecord(error) };
        await settle(interrupt.aborted ? 'inconclusive' : 'failed', thrown as unknown as Json);
        throw error;
      }
      await settle(end.outcome, end.kept ?? end.result);
      return end.result;
    },
    async open(effect) {
      const begun = await begin(effect);
      return 'settle' in begun ? begun : null;
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
