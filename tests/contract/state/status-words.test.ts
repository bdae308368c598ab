// One voice: a state is told by the same word and glyph wherever it is shown.
import { expect, test } from '@jest/globals';
import { STATUS_WORDS, statusWords, type StatusName } from '../../../contract/state/status-words.js';
import { statusOfPhase } from '../../../contract/state/phase-status.js';
import { wordOf, toneOf } from '../../../labextension/page/status-look.js';
import { statusText } from '../../../lifecycle/facts/rows.js';
import { ENGLISH } from '../../labextension/english.js';

const NAMES = Object.keys(STATUS_WORDS) as StatusName[];

test.each(NAMES)('%s', name => {
  const { word, mark, glyph, sentence, tone } = statusWords(name);
  expect(wordOf(name, ENGLISH)).toBe(word);
  expect(toneOf(name)).toBe(tone);
  expect(statusText(name)).toBe(`${mark} ${word}`);
  expect([...glyph]).toHaveLength(1);
  expect(sentence).not.toMatch(/\.$/);
});

test('no two states have the same word, and a state of a later version has its name', () => {
  expect(new Set(NAMES.map(name => STATUS_WORDS[name].word)).size).toBe(NAMES.length);
  expect(statusWords('half-open')).toMatchObject({ word: 'half open', mark: '☐' });
});

test.each([
  [['passed', 'not-started'], 'begun'],
  [['passed', 'skipped', 'locked'], 'begun'],
  [['passed', 'running'], 'running'],
  [['passed', 'passed'], 'passed'],
  [['not-started', 'not-started'], 'not-started']
] as const)('a phase of steps that are %j is %s', (steps, phase) => {
  expect(statusOfPhase(steps.map(status => ({ status })))).toBe(phase);
});
