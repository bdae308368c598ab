import { expect, test } from '@jest/globals';
import { faultsOfNames, knownNamesOf } from '../../../contract/holds/known-names.js';

const GROUPS = { 'release-managers': ['ann', 'bob'], qa: ['cleo'] };
const policyOf = (approvers: readonly string[], breakGlass: readonly string[] | null = null) => ({
  groups: GROUPS,
  approvals: { approvers },
  phases: {},
  breakGlass
});

test('groups, their members, signers and people whom a policy names itself are known', () => {
  const known = knownNamesOf([policyOf(['qa', 'dan'])], ['eve@example.com', '*@example.org']);
  const names = ['release-managers', 'ann', 'cleo', 'dan', 'eve@example.com', 'any@example.org', '*'];
  expect(faultsOfNames(names, known)).toEqual([]);
});

test('another name is told, with the near one', () => {
  const known = knownNamesOf([policyOf(['qa'])], []);
  expect(faultsOfNames(['relase-managers', 'constructor'], known)).toEqual([
    "'relase-managers' is neither a group nor a person that is known. Did you mean 'release-managers'?",
    "'constructor' is neither a group nor a person that is known."
  ]);
});

test('a misspelt group in a policy is told whoever is asked', () => {
  const known = knownNamesOf([policyOf(['relase-managers'], ['qaa'])], []);
  expect(faultsOfNames(['ann'], known)).toHaveLength(2);
});

test('where nobody is known, every name may be meant', () => {
  const nobody = { groups: {}, approvals: {}, phases: {}, breakGlass: null };
  expect(faultsOfNames(['qa-lead'], knownNamesOf([nobody], []))).toEqual([]);
});
