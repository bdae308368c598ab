import { expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { knownSignersIn, signersIn } from '../../../record/policy/signers-in.js';
import { Passkey } from '../../contract/signature/authenticator.js';
import { temporaryFolder } from '../../runbook/temporary-folder.js';

const file = join(temporaryFolder(), 'allowed_signers');

test('people are known by the kinds of their keys', () => {
  const [phone, cloud] = [new Passkey('ann'), new Passkey('bob', { isSynced: true })];
  const lines = [
    '# ours',
    phone.line,
    'ann,annie ssh-ed25519 AAAA',
    cloud.line,
    '',
    'cleo ssh-rsa AAAA x',
    'door namespaces="launchbook-voucher" ssh-rsa AAAB'
  ];
  writeFileSync(file, lines.join('\n'));
  expect(signersIn(file)).toEqual(['ann', 'ann', 'annie', 'bob', 'cleo']);
  const { passkeys, keys } = knownSignersIn(file);
  expect(keys).toEqual(['ann', 'annie', 'cleo']);
  expect(passkeys.map(({ names, isSynced }) => [names, isSynced])).toEqual([
    [['ann'], false],
    [['bob'], true]
  ]);
});

test('a file that is not there names nobody', () => {
  expect(knownSignersIn(null)).toEqual({ signers: [], passkeys: [], keys: [] });
  expect(signersIn(`${file}.not`)).toEqual([]);
});
