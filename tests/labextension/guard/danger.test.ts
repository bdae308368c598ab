// When running cells needs a question first.
import { describe, expect, test } from '@jest/globals';
import type { RunInfo } from '../../../contract/base/run.js';
import { isDestructive, questionBefore, type Intent } from '../../../labextension/guard/danger.js';
import { ENGLISH } from '../english.js';
import { runInfo } from './run-info.js';

const SAFE = { title: 'Look', isDestructive: false };
const DROP = { title: 'Drop the old tables', isDestructive: true };

function ask(intent: Partial<Intent>): string | null {
  const whole = {
    run: runInfo(),
    isProduction: true,
    cells: [SAFE, SAFE],
    isAll: false,
    again: [],
    ...intent
  };
  return questionBefore(whole, ENGLISH)?.title ?? null;
}

describe('all cells of a run', () => {
  test('are asked about in production', () => {
    expect(ask({ isAll: true })).toBe('Run all 2 steps in production?');
  });

  test('are asked about in a live run while nobody has said where it acts', () => {
    expect(ask({ isAll: true, isProduction: null })).toBe('Run all 2 steps in production?');
  });

  test.each<[string, Partial<Intent>]>([
    ['of a live run elsewhere', { isProduction: false }],
    ['of a rehearsal', { run: runInfo({ mode: 'rehearsal' }) }],
    ['of a dry run', { run: runInfo({ mode: 'dry-run' }) }],
    ['of a scratch notebook', { run: null, isProduction: null }],
    ['that are none', { cells: [] }]
  ])('%s are not', (_what, intent) => {
    expect(ask({ isAll: true, ...intent })).toBeNull();
  });
});

describe('a destructive step', () => {
  test.each<[string, RunInfo | null]>([
    ['a live run', runInfo()],
    ['a rehearsal, whose effects are real', runInfo({ mode: 'rehearsal' })],
    ['a scratch notebook', null]
  ])('is asked about in %s', (_where, run) => {
    expect(ask({ run, isProduction: false, cells: [SAFE, DROP] })).toBe('Run a destructive step?');
  });

  test('is not asked about in a dry run, which changes nothing', () => {
    expect(ask({ run: runInfo({ mode: 'dry-run' }), cells: [DROP] })).toBeNull();
  });

  test('is named in the question', () => {
    const whole = { run: runInfo(), isProduction: true, cells: [SAFE, DROP], isAll: true, again: [] };
    expect(questionBefore(whole, ENGLISH)?.lists).toEqual([
      { about: 'What these steps do cannot simply be undone:', items: ['Drop the old tables'] }
    ]);
  });
});

describe('what would be done again', () => {
  const again = {
    step: 'b',
    title: 'Deploy',
    attempt: 2,
    outcome: 'passed' as const,
    changes: ['fleetctl deploy']
  };
  const unknown = { ...again, title: 'Migrate', outcome: 'inconclusive' as const };

  test('is asked about with the step and what it did', () => {
    const question = questionBefore(
      { run: runInfo(), isProduction: true, cells: [SAFE], isAll: false, again: [again] },
      ENGLISH
    );
    expect(question).toMatchObject({
      title: 'Run “Deploy” again?',
      accept: 'Run again',
      lists: [
        {
          about: 'These steps would do again what they did:',
          items: ['“Deploy” passed (attempt 2): fleetctl deploy']
        }
      ]
    });
    expect(ask({ again: [again, unknown] })).toBe('Run 2 steps again?');
  });

  test('is part of the one question about all cells', () => {
    const whole = { run: runInfo(), isProduction: true, cells: [SAFE, DROP], isAll: true, again: [unknown] };
    const question = questionBefore(whole, ENGLISH);
    expect(question?.title).toBe('Run all 2 steps in production?');
    expect(question?.lists).toHaveLength(2);
  });
});

test('single steps in production are not asked about', () => {
  expect(ask({})).toBeNull();
});

test.each<[unknown, unknown, boolean]>([
  [['destructive'], undefined, true],
  [['other', 'destructive'], {}, true],
  [undefined, { destructive: true }, true],
  [['other'], { destructive: false }, false],
  ['destructive', { destructive: 'true' }, false],
  [undefined, null, false]
])('tags %j with metadata %j: destructive is %p', (tags, record, expected) => {
  expect(isDestructive(tags, record)).toBe(expected);
});
