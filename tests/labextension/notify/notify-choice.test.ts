// What a person chose for one notebook or cell.
import { expect, test } from '@jest/globals';
import { choiceOf, settingsFor, withChoice } from '../../../labextension/notify/notify-choice.js';
import { readNotifySettings } from '../../../labextension/notify/notify-settings.js';

const settings = readNotifySettings({});

test('without a choice the settings hold', () => {
  expect(settingsFor(settings, null, null)).toBe(settings);
});

test('the choice for a cell comes before that for its notebook', () => {
  expect(settingsFor(settings, 'never', 'always')).toMatchObject({
    failed: true,
    long: true,
    longerThanMs: 0
  });
  expect(settingsFor(settings, 'always', 'never')).toMatchObject({
    failed: false,
    long: false,
    waiting: false
  });
});

test('only failures leaves what needs a person', () => {
  expect(settingsFor(settings, 'failures', null)).toMatchObject({
    waiting: true,
    failed: true,
    kernelDied: true,
    long: false,
    phase: false,
    finished: false
  });
});

test('a choice is kept beside what else is there, and taking it back leaves no trace', () => {
  expect(withChoice({ attempts: ['x'] }, 'never')).toEqual({ attempts: ['x'], notify: 'never' });
  expect(withChoice(undefined, 'always')).toEqual({ notify: 'always' });
  expect(withChoice({ notify: 'never' }, null)).toBeUndefined();
  expect(choiceOf({ notify: 'never' })).toBe('never');
  expect(choiceOf({ notify: 'loudly' })).toBeNull();
  expect(choiceOf(undefined)).toBeNull();
});
