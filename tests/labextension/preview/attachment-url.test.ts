// What a browser gets for a picture that is attached to a cell.
import { expect, test } from '@jest/globals';
import { attachmentUrl } from '../../../labextension/preview/attachment-url.js';

test('a picture is a data URL without the line ends of its base64 text', () => {
  expect(attachmentUrl({ 'image/png': 'iVBO\nRw0K\n' })).toBe('data:image/png;base64,iVBORw0K');
});

test.each([['text/html'], ['image/svg+xml'], ['application/pdf']])('%s is not shown', mimeType => {
  expect(attachmentUrl({ [mimeType]: 'PGI+' })).toBeNull();
});

test('an attachment that is not there has no address', () => {
  expect(attachmentUrl(undefined)).toBeNull();
  expect(attachmentUrl({})).toBeNull();
});
