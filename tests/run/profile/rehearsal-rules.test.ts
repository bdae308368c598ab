// launchbook.yml changes what it asks of rehearsals while a run goes on.
import { mkdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from '@jest/globals';
import { policyChange } from '../../../contract/holds/policy-change.js';
import { rehearsalRulesIn, type RulesOf } from '../../../run/profile/rehearsal-rules.js';
import { loadPolicy } from '../../../record/profile/load-profile.js';
import { temporaryFolder } from '../../runbook/temporary-folder.js';

const folder = temporaryFolder();
mkdirSync(join(folder, '.git'));
const file = join(folder, 'launchbook.yml');
let writes = 0;
let rulesOf: RulesOf;
beforeEach(() => {
  rulesOf = rehearsalRulesIn(folder);
});

/** Each text has another length, so that a clock of whole milliseconds hides no change. */
function write(policy: string): void {
  writeFileSync(
    file,
    `environments: { staging: {}, test: {}, production: { production: true, policy: ${policy} } }\n${'#'.repeat(++writes)}\n`
  );
}

const withinOf = async (): Promise<number | null | undefined> =>
  (await rulesOf('production')).everywhere?.withinMs;
const DAY_MS = 86_400_000;

test('what asks for more holds from the moment it is seen', async () => {
  write('{ rehearsal: { within: 7d } }');
  expect(await withinOf()).toBe(7 * DAY_MS);
  write('{ rehearsal: { within: 1d }, phases: { Deploy: { rehearsal: { sameRelease: true } } } }');
  expect(await withinOf()).toBe(DAY_MS);
  expect((await rulesOf('production')).phases).toMatchObject({ Deploy: { sameRelease: true } });
});

test.each([
  ['older rehearsals', () => write('{ rehearsal: { within: 8d, in: [staging] }, breakGlass: [ann] }')],
  ['another environment', () => write('{ rehearsal: { within: 7d, in: [test] }, breakGlass: [ann] }')],
  [
    'one phase without',
    () =>
      write(
        '{ rehearsal: { within: 7d, in: [staging] }, phases: { Mail: { rehearsal: false } }, breakGlass: [ann] }'
      )
  ],
  ['no rehearsal', () => write('{ breakGlass: [ann] }')],
  ['releases by anybody', () => write('{ rehearsal: { within: 1d, in: [staging] } }')],
  ['no file', () => unlinkSync(file)],
  ['a faulty file', () => writeFileSync(file, 'environments: { production: { policy: 7 } }')]
])('%s is held back until the kernel is restarted', async (_name, weaken) => {
  write('{ rehearsal: { within: 7d, in: [staging] }, breakGlass: [ann] }');
  const before = await rulesOf('production');
  weaken();
  expect(await rulesOf('production')).toBe(before);
  expect(await rulesOf('production')).toBe(before);
});

test('a file that is faulty at first locks everything until it is fixed', async () => {
  writeFileSync(file, 'environments: { production: { policy: 7 } }');
  await expect(rulesOf('production')).rejects.toMatchObject({ name: 'ProfileError' });
  write('{ rehearsal: { within: 7d } }');
  expect(await withinOf()).toBe(7 * DAY_MS);
});

test('the policy of the journal tells them, so that a weaker one after a restart is in the record', () => {
  write('{ rehearsal: { within: 7d, in: [staging] } }');
  const before = loadPolicy(file, 'production');
  write('{}');
  expect(policyChange(before, loadPolicy(file, 'production')).weaker).toEqual([
    'Every phase: the required rehearsal was a rehearsal in staging within 7 days and is nothing.'
  ]);
});
