// The settings of the timestamps.
import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTimingSettings } from '../../../labextension/timing/timing-settings.js';

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../../schema/timing.json'), 'utf8')
) as {
  properties: { [key: string]: { default: unknown } };
};

test('absent settings have the defaults of the schema', () => {
  const defaults = Object.fromEntries(
    Object.entries(schema.properties).map(([key, property]) => [key, property.default])
  );
  expect(readTimingSettings({})).toEqual(readTimingSettings(defaults));
});

test('wrong settings have their defaults', () => {
  const wrong = { timeZone: 'x', format: 'lunch', position: 3, atLeastSeconds: -1, highlight: 'no' };
  expect(readTimingSettings(wrong)).toEqual(readTimingSettings({}));
});

test('right settings are taken', () => {
  expect(
    readTimingSettings({
      timeZone: 'local',
      format: 'HH:mm',
      position: 'hover',
      atLeastSeconds: 0.5,
      clearWithOutputs: true
    })
  ).toMatchObject({
    timeZone: 'local',
    format: 'HH:mm',
    position: 'hover',
    atLeastMs: 500,
    clearWithOutputs: true
  });
});
