// For whom a line of allowed_signers signs.
import { expect, test } from '@jest/globals';
import { principalsOf } from '../../../contract/signature/principals.js';

test.each([
  ['ann ssh-ed25519 AAAA', ['ann']],
  ['ann,annie ssh-ed25519 AAAA', ['ann', 'annie']],
  ['"ann,annie" namespaces="launchbook" ssh-ed25519 AAAA', ['ann', 'annie']],
  ['"ann lee,bob" ssh-ed25519 AAAA', ['ann lee', 'bob']],
  ['  *@example.org ssh-ed25519 AAAA', ['*@example.org']]
])('%s', (line, names) => {
  expect(principalsOf(line)).toEqual(names);
});
