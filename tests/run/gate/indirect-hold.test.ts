import { expect, test } from '@jest/globals';
import { refuseIndirectHold } from '../../../run/gate/indirect-hold.js';
import { unsentCell } from '../../../run/keeper/unsent-cell.js';

const check = (code: string) => refuseIndirectHold(unsentCell('replay', code, null), null as never);

test.each([
  ["const ask = approval;\nawait ask('Go')", 'line 1 uses approval'],
  ["const a = 1;\nawait approval.call(null, 'Go')", 'line 2 uses approval.call'],
  ["await globalThis.checklist('Go', ['a'])", 'line 1 uses globalThis.checklist'],
  ['const gather = 1', 'line 1 declares gather anew'],
  ["const a = 1;\nimport { approval } from './mine.ts'", 'line 2 declares approval anew']
])('%j is refused before anything runs, with the place', (code, place) => {
  expect(check(code)).toMatchObject({ code: 'hold.indirect', message: expect.stringContaining(place) });
});

test.each([
  "await approval('Go')",
  "await (approval as any)?.('Go')",
  "import { approval as ask } from 'launchbook'; await ask('Go')",
  'const people = { approval: () => 1 }; people.approval()',
  'type Ask = typeof approval',
  '{ const approval = () => 1; approval() }',
  "console.log('approval')"
])('%j may begin', code => expect(check(code)).toBeNull());
