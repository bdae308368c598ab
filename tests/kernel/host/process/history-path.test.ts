// Where the history is kept on each platform, and how a user says otherwise.
import { expect, test } from '@jest/globals';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { historyPath } from '../../../../kernel/host/process/history-path.js';

test('the environment names the file, or none', () => {
  expect(historyPath({ LAUNCHBOOK_HISTORY: '/data/h.jsonl' })).toBe('/data/h.jsonl');
  expect(historyPath({ LAUNCHBOOK_HISTORY: 'off' })).toBeNull();
});

test('without a name it is in the platform’s folder for data of applications', () => {
  const file = join('launchbook', 'history.jsonl');
  expect(historyPath({ XDG_DATA_HOME: '/data' }, 'linux')).toBe(join('/data', file));
  expect(historyPath({}, 'linux')).toBe(join(homedir(), '.local', 'share', file));
  expect(historyPath({}, 'darwin')).toBe(join(homedir(), 'Library', 'Application Support', file));
  expect(historyPath({ APPDATA: '/roaming' }, 'win32')).toBe(join('/roaming', file));
});
