import { describe, expect, test } from '@jest/globals';
import { RecordedAnswers } from '../../../../kernel/host/resume/recorded-answers.js';
import type { RecordedEffect } from '../../../../kernel/host/resume/recorded-effects.js';
import { Masking } from '../../../../kernel/host/masking.js';

/** An effect from record `startSeq` to `endSeq`. */
function effect(label: string, startSeq: number, endSeq: number | null, helper = 'shell'): RecordedEffect {
  const end = endSeq === null ? null : { outcome: 'passed' as const, result: label };
  return {
    id: `${label}-${startSeq}`,
    helper,
    label,
    request: { label },
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
