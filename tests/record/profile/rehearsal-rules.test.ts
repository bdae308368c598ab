// `rehearsal` in launchbook.yml: what it asks, and every fault of it with its line.
import { describe, expect, test } from '@jest/globals';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ruleOfPhase } from '../../../contract/rehearsal/rehearsal-policy.js';
import { faultsOfFile } from '../../../record/profile/load-profile.js';
import {
  hasRules,
  loadRehearsalRules,
  type RehearsalRules
} from '../../../record/profile/load-rehearsal-rules.js';
import { temporaryFolder } from '../../runbook/temporary-folder.js';

const folder = temporaryFolder();
mkdirSync(join(folder, '.git'));

const write = (policy: string): string => {
  const file = join(folder, 'launchbook.yml');
  writeFileSync(
    file,
    `groups: { leads: [ann, bob] }
environments:
  staging: { vars: { token: '\${NOT_SET}' } }
  qa: {}
  production:
    production: true
    policy: ${policy}
`
  );
  return file;
};
const rulesOf = (policy: string): RehearsalRules => {
  write(policy);
  return loadRehearsalRules(folder, 'production');
};
const ANY = { withinMs: null, environments: ['staging', 'qa'], sameRelease: false };

describe('the rules', () => {
  test('of an environment hold for every phase, those of a phase come first and inherit the rest', () => {
    const rules = rulesOf(
      '{ rehearsal: { within: 7d, in: [staging] }, phases: { Payments: { required: 2, rehearsal: { within: 12h } }, Closing: { rehearsal: false }, Mail: { required: 3 } } }'
    );
    const week = { withinMs: 604_800_000, environments: ['staging'], sameRelease: false };
    expect(ruleOfPhase(rules, 'Deploy')).toEqual(week);
    expect(ruleOfPhase(rules, 'Mail')).toEqual(week);
    expect(ruleOfPhase(rules, 'Payments')).toEqual({ ...week, withinMs: 43_200_000 });
    expect(ruleOfPhase(rules, 'Closing')).toBeNull();
    expect(ruleOfPhase(rules, 'constructor')).toEqual(week);
  });

  test('`true` asks for any rehearsal in an environment that is not production', () => {
    expect(rulesOf('{ rehearsal: true }').everywhere).toEqual(ANY);
    const rules = rulesOf('{ phases: { Deploy: { rehearsal: true } } }');
    expect([ruleOfPhase(rules, 'Deploy'), ruleOfPhase(rules, 'Other')]).toEqual([ANY, null]);
  });

  test('say who may release, and need no variable of the process', () => {
    expect(rulesOf('{ rehearsal: true }').breakGlass).toBeNull();
    expect(rulesOf('{ breakGlass: [] }').breakGlass).toEqual([]);
    expect(rulesOf('{ breakGlass: [leads] }').breakGlass).toEqual([
      { name: 'leads', members: ['ann', 'bob'] }
    ]);
  });

  test('are none where nothing is asked, and for an environment that the file does not have', () => {
    expect(hasRules(rulesOf('{ phases: { Deploy: { rehearsal: false } } }'))).toBe(false);
    expect(hasRules(loadRehearsalRules(folder, 'elsewhere'))).toBe(false);
  });

  test('of a faulty file are not guessed', () => {
    expect(() => rulesOf('{ rehersal: true }')).toThrow(/Did you mean 'rehearsal'/);
  });
});

describe('a fault', () => {
  test.each([
    [
      '{ rehearsal: { in: [stagin] } }',
      "'environments.production.policy.rehearsal.in' names 'stagin', which is no environment. Did you mean 'staging'? Known: staging, qa."
    ],
    [
      '{ phases: { Deploy: { rehearsal: { in: [production] } } } }',
      "'environments.production.policy.phases.Deploy.rehearsal.in' names 'production' itself; a rehearsal takes place in another environment."
    ],
    [
      '{ rehearsal: { in: [] } }',
      "'environments.production.policy.rehearsal.in' is empty, expected at least one environment."
    ],
    [
      '{ rehearsal: { within: soon } }',
      "'environments.production.policy.rehearsal.within' is \"soon\" (a string), expected a duration such as '30m' or '1h30m'."
    ],
    [
      '{ rehearsal: { withn: 7d } }',
      "'environments.production.policy.rehearsal.withn' is not a known key. Did you mean 'within'? Known here: within, in, sameRelease."
    ],
    [
      '{ rehearsal: staging }',
      '\'environments.production.policy.rehearsal\' is "staging" (a string), expected object or boolean.'
    ]
  ])('of %s is told with its line', (policy, message) => {
    expect(faultsOfFile(write(policy))).toEqual([{ line: 7, message }]);
  });

  test('is a rehearsal where every other environment is production, unless one is named', () => {
    const file = join(folder, 'launchbook.yml');
    const text = (rehearsal: string): string =>
      `environments: { eu: { production: true }, us: { production: true, policy: { rehearsal: ${rehearsal} } } }\n`;
    writeFileSync(file, text('true'));
    expect(faultsOfFile(file)[0]?.message).toMatch(/every other environment has production: true/);
    writeFileSync(file, text('{ in: [eu] }'));
    expect(faultsOfFile(file)).toEqual([]);
  });

  test('is listed with all the others', () => {
    const policy =
      '{ rehearsal: { in: [stagin, production] }, phases: { A: { rehearsal: { in: [quality] } } } }';
    expect(faultsOfFile(write(policy))).toHaveLength(3);
  });
});
