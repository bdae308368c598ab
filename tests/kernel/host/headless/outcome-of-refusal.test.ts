// What a refusal means for a run is told by the code of its error.
import { expect, test } from '@jest/globals';
import { outcomeOfRefusal } from '../../../../kernel/host/headless/outcome-of-refusal.js';

test.each([
  ['hold.locked', 'held'],
  ['rehearsal.locked', 'held'],
  ['guard.not_confirmed', 'held'],
  ['driver.not_you', 'held'],
  ['effect.inconclusive', 'inconclusive'],
  ['resume.asked', 'inconclusive'],
  ['resume.changed', 'inconclusive'],
  ['resume.needed', 'failed'],
  ['shell.failed', 'failed']
] as const)('%s is %s', (code, outcome) => {
  expect(outcomeOfRefusal(code)).toBe(outcome);
});
