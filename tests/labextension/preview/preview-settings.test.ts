// The settings of the preview, from whatever a person has written into the file.
import { expect, test } from '@jest/globals';
import { readPreviewSettings } from '../../../labextension/preview/preview-settings.js';

test('without settings the preview is on, below the editor, after 200 ms', () => {
  expect(readPreviewSettings({})).toEqual({ enabled: true, place: 'below', delayMs: 200 });
});

test('what is set is taken', () => {
  expect(readPreviewSettings({ enabled: false, place: 'beside', delayMilliseconds: 0 })).toEqual({
    enabled: false,
    place: 'beside',
    delayMs: 0
  });
});

test.each([-1, 10_001, '300', null])('a delay of %p falls back to the default', delayMilliseconds => {
  expect(readPreviewSettings({ delayMilliseconds }).delayMs).toBe(200);
});
