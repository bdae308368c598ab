// Which names a key has in allowed_signers.
import { expect, test } from '@jest/globals';
import { isKeyOf } from '../../../record/policy/names-of-key.js';

const BLOB = 'AAAAC3NzaC1lZDI1NTE5AAAAIBGkI5Bp8bT9cV6Wm4o0mX3gkYp1Qw2nS7cJ5dF8aZ1L';
const OTHER = BLOB.replace('BGkI', 'BGkJ');
/** `ssh-keygen -l` of it. */
const KEY = 'SHA256:dnIdlufiDHKtj98p10iV6xWqMlKUGGLx7Q/9tKjeK/8';

test.each([
  ['its own line', `ann ssh-ed25519 ${BLOB}`, true],
  ['a line of two names', `annie,ann ssh-ed25519 ${BLOB} a comment`, true],
  ['quoted names', `"annie,ann" ssh-ed25519 ${BLOB}`, true],
  ['options before the key', `ann namespaces="launchbook",valid-after="20260101" ssh-ed25519 ${BLOB}`, true],
  ['a pattern', `a* ssh-ed25519 ${BLOB}`, true],
  ['a pattern of one character', `an? ssh-ed25519 ${BLOB}`, true],
  ['a line further down', `bob ssh-ed25519 ${BLOB}\n# ann\nann ssh-ed25519 ${BLOB}`, true],
  ['another name', `annie ssh-ed25519 ${BLOB}`, false],
  ['a name that is part of it', `an ssh-ed25519 ${BLOB}`, false],
  ['another key', `ann ssh-ed25519 ${OTHER}`, false],
  ['a comment', `# ann ssh-ed25519 ${BLOB}`, false],
  ['nothing', '', false]
])('%s', (_, text, expected) => {
  expect(isKeyOf('ann', text, KEY)).toBe(expected);
});
