import { expect, test } from '@jest/globals';
import type { IdentityGrade } from '../../../contract/base/person.js';
import type { DecisionSignature } from '../../../contract/holds/hold.js';
import { describeDecider, whatItProves } from '../../../contract/holds/decision-proves.js';

const decided = (grade: IdentityGrade, signature?: Partial<DecisionSignature>) => ({
  by: { username: 'ann', name: 'Ann (Lee)', grade },
  ...(signature && { signature: { token: '', id: '', key: '', ...signature } })
});
const phone = { means: 'passkey', origin: 'https://launchbook.example.com' } as const;

test.each([
  ['a click', decided('claimed'), 'Ann (Lee) (claimed)', 'nobody checked who it was'],
  [
    'a click behind a login',
    decided('authenticated'),
    'Ann (Lee) (authenticated)',
    'a login named the person then; nothing shows it later'
  ],
  [
    'what is called signed and is not',
    decided('signed'),
    'Ann (Lee) (signed)',
    'nothing: its signature is missing'
  ],
  [
    'a key of an older journal',
    decided('signed', {}),
    'Ann (Lee) (signed)',
    'a key signed it: its holder, for ever; not that a person did it by hand'
  ],
  [
    'a key',
    decided('signed', { means: 'key' }),
    'Ann (Lee) (signed, key)',
    'a key signed it: its holder, for ever; not that a person did it by hand'
  ],
  [
    'a passkey of one device',
    decided('signed', { ...phone, synced: false }),
    'Ann (Lee) (signed, passkey, not synced)',
    'a passkey signed it on https://launchbook.example.com: a person whom the device had verified, for ever, and the key cannot be copied; not what the page showed'
  ],
  [
    'a passkey that may be copied',
    decided('signed', { ...phone, synced: true }),
    'Ann (Lee) (signed, passkey, synced)',
    'a passkey signed it on https://launchbook.example.com: a person whom the device had verified, for ever, and an account may keep copies of the key; not what the page showed'
  ]
])('%s is told by what it proves', (_, decision, who, proves) => {
  expect(describeDecider(decision)).toBe(who);
  expect(whatItProves(decision)).toBe(proves);
});
