// Where the product runs, and what it says elsewhere.
import { expect, test } from '@jest/globals';
import { needSupportedSystem, unsupportedSystem } from '../../../../kernel/host/process/supported-system.js';

test('Linux and macOS are supported', () => {
  expect([unsupportedSystem('linux'), unsupportedSystem('darwin')]).toEqual([null, null]);
  needSupportedSystem('linux');
});

test('Windows is refused with the way out, another system with its name', () => {
  expect(() => needSupportedSystem('win32')).toThrow(
    expect.objectContaining({
      code: 'install.system_unsupported',
      message: expect.stringContaining('WSL 2') as unknown as string
    })
  );
  expect(unsupportedSystem('freebsd')).toMatch(/Linux and macOS, not on freebsd/);
});
