// Completion inside of a command, with real folders.
import { beforeAll, expect, test } from '@jest/globals';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { completeCommand } from '../../../../../kernel/host/cells/shell/complete-command.js';
import { temporaryFolder } from '../../../../runbook/temporary-folder.js';

const folder = temporaryFolder();
const path = `${join(folder, 'programs')}:${join(folder, 'nowhere')}`;

beforeAll(() => {
  ['programs', 'bin', 'releases', '.secret'].forEach(name => mkdirSync(join(folder, name)));
  ['fleetctl', 'flatten', 'README'].forEach(name => writeFileSync(join(folder, 'programs', name), ''));
  ['fleetctl', 'flatten'].forEach(name => chmodSync(join(folder, 'programs', name), 0o755));
  ['bin/health.sh', 'releases/a.yml', 'releases/b c.yml', 'read.me'].forEach(name =>
    writeFileSync(join(folder, name), '')
  );
});

/** What is offered at `|`, and the code with the first of it. */
async function at(marked: string): Promise<{ readonly offered: string[]; readonly first: string } | null> {
  const offset = marked.lastIndexOf('|');
  const code = marked.slice(0, offset) + marked.slice(offset + 1);
  const answer = await completeCommand(code, offset, { folder, path });
  return (
    answer && {
      offered: answer.items.map(({ text }) => text),
      first: code.slice(0, answer.start) + (answer.items[0]?.text ?? '') + code.slice(answer.end)
    }
  );
}

test.each([
  ['await $`fl|`', ['flatten', 'fleetctl'], 'await $`flatten`'],
  ['await $`fleetctl status | fle|', ['fleetctl'], 'await $`fleetctl status | fleetctl'],
  [
    'const a = "`"; // `\n$({ cwd: "x" })`flee|`',
    ['fleetctl'],
    'const a = "`"; // `\n$({ cwd: "x" })`fleetctl`'
  ],
  ['await $`bin/h|`', ['health.sh'], 'await $`bin/health.sh`'],
  ['await $`cat rel|`', ['releases/'], 'await $`cat releases/`'],
  ['await $`cat releases/|`', ['a.yml'], 'await $`cat releases/a.yml`'],
  ["await $`cat 'releases/a|", ['a.yml'], "await $`cat 'releases/a.yml"],
  ['f(() => { return $`cat re|` })', ['read.me', 'releases/'], 'f(() => { return $`cat read.me` })'],
  ['await $`cat ${x} re|`', ['read.me', 'releases/'], 'await $`cat ${x} read.me`']
])('%s', async (marked, offered, first) => {
  expect(await at(marked)).toEqual({ offered, first });
});

test.each([
  'cat re|',
  '`cat re|`',
  'html`cat re|`',
  '$`cat ${re|}`',
  '$`cat`; re|',
  '$`cat ${x}/re|`',
  'my$`re|`'
])('%s is no command', async marked => {
  expect(await at(marked)).toBeNull();
});

test('hidden files are offered when a dot is written, and a folder that is not there offers nothing', async () => {
  expect((await at('$`cat .s|`'))?.offered).toEqual(['.secret/']);
  expect((await at('$`cat nowhere/x|`'))?.offered).toEqual([]);
});
