import { describe, expect, test } from '@jest/globals';
import { RecordedAnswers } from '../../../run/answers/recorded-answers.js';
import type { RecordedEffect } from '../../../run/answers/recorded-effect.js';
import { Masking } from '../../../run/masking/masking.js';

/** An effect from record `startSeq` to `endSeq`. */
function effect(label: string, startSeq: number, endSeq: number | null, helper = 'shell'): RecordedEffect {
  const end = endSeq === null ? null : { outcome: 'passed' as const, result: label };
  return {
    id: `${label}-${startSeq}`,
    helper,
    label,
    request: { label },
    attempt: 1,
    startSeq,
    endSeq,
    end,
    judged: null
  };
}

function judged(label: string, startSeq: number, judgement: 'passed' | 'failed' | 'again'): RecordedEffect {
  return { ...effect(label, startSeq, null), judged: { judgement, by: 'Ann', reason: 'seen' } };
}

const asked = (label: string, helper = 'shell') => ({ helper, label, request: { label } });
const answer = (label: string) => ({ recorded: { outcome: 'passed', result: label } });

/** Of an attempt that did not pass: it is evaluated up to where it ended. */
function answersUpToEnd(effects: readonly RecordedEffect[]): RecordedAnswers {
  return new RecordedAnswers({
    step: 's',
    effects,
    goesOn: false,
    stopsAtEnd: true,
    patienceMs: 20,
    mask: value => value
  });
}

function answersOf(effects: readonly RecordedEffect[], goesOn = false, patienceMs = 20): RecordedAnswers {
  return new RecordedAnswers({ step: 's', effects, goesOn, patienceMs, mask: value => value });
}

describe('a finished attempt', () => {
  test('is answered in order, equal requests in the order in which they began', async () => {
    const first = { ...effect('a', 1, 2), end: { outcome: 'failed' as const, result: 1 } };
    const answers = answersOf([first, effect('a', 3, 4), effect('b', 5, 6)]);
    expect(await answers.ask(asked('a'))).toEqual({ recorded: { outcome: 'failed', result: 1 } });
    expect(await answers.ask(asked('a'))).toEqual(answer('a'));
    expect(await answers.ask(asked('b'))).toEqual(answer('b'));
    answers.finish();
    expect(answers.fault).toBeNull();
  });

  test.each([
    ['another command', asked('z')],
    ['another helper', asked('a', 'http')],
    ['another order', asked('b')]
  ])('%s diverges, with the two side by side', async (_, request) => {
    const answers = answersOf([effect('a', 1, 2), effect('b', 3, 4)]);
    await expect(answers.ask(request)).rejects.toMatchObject({
      code: 'resume.diverged',
      fields: { recorded: { helper: 'shell', label: 'a' }, now: request }
    });
    await expect(answers.ask(asked('a'))).rejects.toBe(answers.fault);
  });

  test('an effect that is not asked for any more diverges at the end', async () => {
    const answers = answersOf([effect('a', 1, 2)]);
    answers.finish();
    expect(answers.fault).toMatchObject({ fields: { recorded: { label: 'a' }, now: null } });
  });

  test('effects that ran side by side may come in any order', async () => {
    const answers = answersOf([effect('a', 1, 4), effect('b', 2, 3), effect('c', 5, 6)]);
    const late = answers.ask(asked('c'));
    expect(await answers.ask(asked('b'))).toEqual(answer('b'));
    expect(await answers.ask(asked('a'))).toEqual(answer('a'));
    expect(await late).toEqual(answer('c'));
  });

  test('what a wait did inside itself need not be asked for', async () => {
    const answers = answersOf([effect('wait', 1, 6, 'poll'), effect('look', 2, 3), effect('look', 4, 5)]);
    expect(await answers.ask(asked('wait', 'poll'))).toEqual(answer('wait'));
    answers.finish();
    expect(answers.fault).toBeNull();
  });

  test('a search over another time is the same search', async () => {
    const search = (earliest: string) => ({
      helper: 'splunk',
      label: 'search',
      request: { spl: 'search', earliest }
    });
    const recorded = { ...effect('search', 1, 2, 'splunk'), request: search('-1').request };
    expect(await answersOf([recorded]).ask(search('-2'))).toEqual(answer('search'));
  });

  test('a secret that was not known yet when it was recorded is the same secret', async () => {
    const masking = new Masking();
    masking.learn({ name: 'TOKEN', value: 'open-sesame' });
    const answers = new RecordedAnswers({
      step: 's',
      effects: [effect('curl «secret TOKEN»', 1, 2)],
      goesOn: false,
      mask: value => masking.json(value)
    });
    expect(await answers.ask(asked('curl open-sesame'))).toEqual(answer('curl «secret TOKEN»'));
  });
});

describe('an attempt that died in its middle', () => {
  test('is answered as far as the record goes; the rest is performed', async () => {
    const answers = answersOf([effect('a', 1, 2)], true);
    expect(await answers.ask(asked('a'))).toEqual(answer('a'));
    expect(await answers.ask(asked('b'))).toBeNull();
    expect(await answers.ask(asked('a'))).toBeNull();
  });

  test('nothing is performed while something recorded has not been asked for', async () => {
    const answers = answersOf([effect('deploy 1', 1, 2)], true);
    await expect(answers.ask(asked('deploy 2'))).rejects.toMatchObject({ code: 'resume.diverged' });
  });

  test('a new effect waits for recorded ones that come beside it', async () => {
    const answers = answersOf([effect('a', 1, 2)], true, 5000);
    const late = answers.ask(asked('new'));
    expect(await answers.ask(asked('a'))).toEqual(answer('a'));
    expect(await late).toBeNull();
  });

  test('a judgement decides: done, failed, or once more', async () => {
    expect(await answersOf([judged('a', 1, 'passed')], true).ask(asked('a'))).toEqual({ judged: 'passed' });
    await expect(answersOf([judged('a', 1, 'failed')], true).ask(asked('a'))).rejects.toMatchObject({
      code: 'effect.judged_failed',
      message: expect.stringContaining('Ann judged that it failed: seen')
    });
    expect(await answersOf([judged('a', 1, 'again')], true).ask(asked('a'))).toBeNull();
  });

  test('an effect that nobody has judged is refused; a wait that was cut off begins anew', async () => {
    await expect(answersOf([effect('a', 1, null)], true).ask(asked('a'))).rejects.toMatchObject({
      code: 'effect.inconclusive'
    });
    expect(await answersOf([effect('w', 1, null, 'poll')], true).ask(asked('w', 'poll'))).toBeNull();
  });

  test('an interrupt ends the waiting at once', async () => {
    const controller = new AbortController();
    const answers = answersOf([effect('a', 1, 2)], true, 60_000);
    const waiting = answers.ask(asked('new'), controller.signal);
    controller.abort(new Error('interrupted'));
    await expect(waiting).rejects.toThrow('interrupted');
    expect(answers.fault).toBeNull();
  });
});

describe('an attempt that did not pass', () => {
  const END = { code: 'resume.end_of_record' };

  test('is answered up to its last effect and goes no further, however often it asks', async () => {
    const answers = answersUpToEnd([effect('a', 1, 2)]);
    expect(await answers.ask(asked('a'))).toEqual(answer('a'));
    await expect(answers.ask(asked('b'))).rejects.toMatchObject(END);
    await expect(answers.ask(asked('a'))).rejects.toMatchObject(END);
    answers.finish();
    expect(answers.fault).toBeNull();
  });

  test.each([
    ['that was cut off', effect('cut', 3, null)],
    ['that a person lets be done again', judged('cut', 3, 'again')],
    ['that a person judged failed', judged('cut', 3, 'failed')]
  ])('an effect %s is not performed', async (_, cut) => {
    const answers = answersUpToEnd([effect('a', 1, 2), cut]);
    await answers.ask(asked('a'));
    await expect(answers.ask(asked('cut'))).rejects.toMatchObject(END);
    await expect(answers.ask(asked('cleanup'))).rejects.toMatchObject(END);
  });

  test('not even a search or a wait that was cut off', async () => {
    const answers = answersUpToEnd([effect('wait', 1, null, 'poll')]);
    await expect(answers.ask(asked('wait', 'poll'))).rejects.toMatchObject(END);
  });

  test('another effect than the next of its record diverges', async () => {
    const answers = answersUpToEnd([effect('a', 1, 2), effect('cut', 3, null)]);
    await expect(answers.ask(asked('z'))).rejects.toMatchObject({ code: 'resume.diverged' });
  });

  test('one that ends before its record does diverges, and one that comes late is waited for', async () => {
    const early = answersUpToEnd([effect('a', 1, 2)]);
    await early.drain();
    early.finish();
    expect(early.fault).toMatchObject({ code: 'resume.diverged' });
    const late = answersUpToEnd([effect('a', 1, 2)]);
    const drained = late.drain();
    await late.ask(asked('a'));
    await drained;
    late.finish();
    expect(late.fault).toBeNull();
  });
});

describe('effects inside of an effect', () => {
  const inside = (outer: string, label: string, startSeq: number, endSeq: number | null): RecordedEffect => ({
    ...effect(label, startSeq, endSeq),
    within: outer
  });

  test('a wait that was cut off is made again with all its looks, and nothing before it', async () => {
    const wait = effect('Errors stay low', 3, null, 'soak');
    const effects = [
      effect('deploy', 1, 2),
      wait,
      inside(wait.id, 'look', 4, 5),
      inside(wait.id, 'look', 6, null)
    ];
    const answers = answersOf(effects, true);
    expect(await answers.ask(asked('deploy'))).toEqual(answer('deploy'));
    expect(await answers.ask(asked('Errors stay low', 'soak'))).toBeNull();
    expect(await answers.ask({ ...asked('look'), within: 'new' })).toBeNull();
    answers.finish();
    expect(answers.fault).toBeNull();
  });

  test('the undo step of a step that died in a wait comes back: its looks are missed by nobody', async () => {
    const wait = effect('Errors stay low', 3, null, 'poll');
    const answers = answersUpToEnd([effect('deploy', 1, 2), wait, inside(wait.id, 'look', 4, 5)]);
    expect(await answers.ask(asked('deploy'))).toEqual(answer('deploy'));
    await expect(answers.ask(asked('Errors stay low', 'poll'))).rejects.toMatchObject({
      code: 'resume.end_of_record'
    });
    await answers.drain();
    answers.finish();
    expect(answers.fault).toBeNull();
  });

  test('what a record had done is answered when the record itself is done again', async () => {
    const outer = { ...judged('change', 1, 'again'), helper: 'record' };
    const answers = answersOf([outer, inside(outer.id, 'open ticket', 2, 3)], true);
    expect(await answers.ask(asked('change', 'record'))).toBeNull();
    expect(await answers.ask(asked('open ticket'))).toEqual(answer('open ticket'));
    expect(await answers.ask(asked('close ticket'))).toBeNull();
  });

  test('what a wait had done that has ended is asked for by nobody', async () => {
    const wait = effect('Healthy', 1, 6, 'poll');
    const answers = answersOf([
      wait,
      inside(wait.id, 'look', 2, 3),
      inside(wait.id, 'look', 4, 5),
      effect('next', 7, 8)
    ]);
    expect(await answers.ask(asked('Healthy', 'poll'))).toEqual(answer('Healthy'));
    expect(await answers.ask(asked('next'))).toEqual(answer('next'));
    answers.finish();
    expect(answers.fault).toBeNull();
  });
});

describe('items of a scatter', () => {
  const of = (lane: string, one: RecordedEffect): RecordedEffect => ({ ...one, lane });
  const askedIn = (lane: string, label: string) => ({ ...asked(label), lane });

  test('go their own way: one does not wait for the record of another', async () => {
    const answers = answersOf(
      [
        of('0:a', effect('drain', 1, 2)),
        of('1:b', effect('drain', 3, 4)),
        of('0:a', effect('upgrade', 5, 6))
      ],
      true,
      5000
    );
    expect(await answers.ask(askedIn('1:b', 'drain'))).toEqual(answer('drain'));
    expect(await answers.ask(askedIn('1:b', 'upgrade'))).toBeNull();
    expect(await answers.ask(askedIn('0:a', 'drain'))).toEqual(answer('drain'));
    expect(await answers.ask(askedIn('0:a', 'upgrade'))).toEqual(answer('upgrade'));
  });

  test('an equal request of another item is no answer', async () => {
    const answers = answersOf([of('0:a', effect('restart', 1, 2))], true);
    expect(await answers.ask(askedIn('1:b', 'restart'))).toBeNull();
    expect(await answers.ask(askedIn('0:a', 'restart'))).toEqual(answer('restart'));
  });
});
