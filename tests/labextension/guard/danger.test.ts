// When running cells needs a question first.
import { describe, expect, test } from '@jest/globals';
import type { RunInfo } from '../../../contract/run.js';
import { isDestructive, questionBefore, type Intent } from '../../../labextension/guard/danger.js';
import { ENGLISH } from '../english.js';
import { runInfo } from './run-info.js';

const SAFE = { title: 'Look', isDestructive: false };
const DROP = { title: 'Drop the old tables', isDestructive: true };

function ask(intent: Partial<Intent>): string | null {
  const whole = { run: runInfo(), isProduction: true, cells: [SAFE, SAFE], isAll: false, ...intent };
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
    const whole = { run: runInfo(), isProduction: true, cells: [SAFE, DROP], isAll: true };
    expect(questionBefore(whole, ENGLISH)?.destructive).toEqual(['Drop the old tables']);
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
