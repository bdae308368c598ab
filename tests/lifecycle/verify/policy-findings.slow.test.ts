// The recorded policy of a run against launchbook.yml at the commit that the record names; real git.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { PolicyFile, RunInfo } from '../../../contract/base/run.js';
import type { RecordedPolicy } from '../../../contract/holds/policy.js';
import { policyHash } from '../../../record/policy/policy-hash.js';
import { policyOfText } from '../../../record/profile/recorded-policy.js';
import { policyFindings } from '../../../lifecycle/verify/policy-findings.js';
import { ANN, makeRepository, type Repository } from '../executed-run.js';
import { stamp } from '../../contract/sample-journal.js';
import { RUN } from '../../run/sample-run.js';

const TEXT = `groups:
  qa: [ann, bob]
environments:
  staging:
    policy:
      approvals: { approvers: [qa], required: 2, grade: signed }
      breakGlass: []
`;
const run: RunInfo = { ...RUN, runbook: 'release.ipynb' };
let repository: Repository;
let policy: RecordedPolicy;
let commit: string;

beforeAll(async () => {
  repository = await makeRepository();
  repository.write('launchbook.yml', TEXT);
  repository.commit('Two people sign');
  commit = repository.git('rev-parse', 'HEAD');
  policy = policyOfText(TEXT, 'staging');
});
afterAll(() => repository.remove());

function look(
  recorded: RecordedPolicy,
  file: PolicyFile | null = { path: 'launchbook.yml', commit },
  of = run
) {
  const read = {
    kind: 'policy-read' as const,
    policy: recorded,
    hash: policyHash(recorded),
    holds: true,
    by: ANN
  };
  const records = stamp([{ ...read, ...(file && { file, isProduction: false }) }]);
  return policyFindings('j', records, of, { repository: repository.folder, commit: 'HEAD' });
}

test('the policy of the commit holds, as the kernel records it', async () => {
  expect(await look(policy)).toEqual({ findings: [], notes: [] });
});

test.each<[string, (policy: RecordedPolicy) => RecordedPolicy, string]>([
  [
    'fewer people',
    each => ({ ...each, approvals: { ...each.approvals, required: 1 } }),
    'required was 2 and is 1'
  ],
  [
    'a weaker grade',
    each => ({ ...each, approvals: { ...each.approvals, grade: 'claimed' } }),
    'grade was signed and is claimed'
  ],
  ['another member', each => ({ ...each, groups: { qa: ['ann', 'mallory'] } }), 'mallory'],
  [
    'somebody who breaks the glass',
    each => ({ ...each, breakGlass: null }),
    'Break-glass was nobody and is anybody'
  ],
  ['another file of signers', each => ({ ...each, allowedSigners: 'mine' }), 'mine'],
  [
    'more than was asked',
    each => ({ ...each, approvals: { ...each.approvals, required: 3 } }),
    'required was 2 and is 3'
  ],
  ['another order', each => ({ ...each, order: 'kept' }), 'kept']
])('another policy is named: %s', async (_, change, said) => {
  const { findings } = await look(change(policy));
  expect(findings).toEqual([
    { file: 'j', line: 1, code: 'policy.other_than_committed', text: expect.stringContaining(said) }
  ]);
  expect(findings[0]!.text).toContain(`launchbook.yml at commit ${commit.slice(0, 12)}`);
});

test('another file than the one above the template is named', async () => {
  repository.write('runs/x/launchbook.yml', TEXT.replace('required: 2', 'required: 1'));
  repository.commit('A nearer one');
  const nearer = { path: 'runs/x/launchbook.yml', commit: repository.git('rev-parse', 'HEAD') };
  const weak = policyOfText(TEXT.replace('required: 2', 'required: 1'), 'staging');
  expect((await look(weak, nearer)).findings).toMatchObject([
    {
      code: 'policy.other_file',
      text: expect.stringContaining('there launchbook.yml counts for release.ipynb')
    }
  ]);
});

test('what nobody can compare is a note', async () => {
  const notes = async (...args: Parameters<typeof look>): Promise<readonly string[]> => {
    const found = await look(...args);
    expect(found.findings).toEqual([]);
    return found.notes;
  };
  expect(await notes(policy, { path: 'launchbook.yml', commit: null })).toEqual([
    expect.stringContaining('as no commit had it')
  ]);
  expect(await notes(policy, { path: 'launchbook.yml', commit: 'f'.repeat(40) })).toEqual([
    expect.stringContaining('is not in this repository')
  ]);
  expect(await notes(policy, { path: 'launchbook.yml', commit: '--help' })).toHaveLength(1);
  expect(await notes(policy, null)).toEqual([]);
  expect(await notes(policy, null, { ...run, policy: { path: 'launchbook.yml', commit } })).toHaveLength(1);
  repository.git('switch', '--quiet', '--create', 'aside');
  repository.write('launchbook.yml', TEXT.replace('required: 2', 'required: 1'));
  repository.commit('One is enough');
  const aside = repository.git('rev-parse', 'HEAD');
  repository.git('switch', '--quiet', 'main');
  const weak = policyOfText(TEXT.replace('required: 2', 'required: 1'), 'staging');
  expect(await notes(weak, { path: 'launchbook.yml', commit: aside })).toEqual([
    expect.stringContaining('is not in the history of what is checked')
  ]);
});

test('a template that its commit does not have is named: its place says which launchbook.yml counts', async () => {
  const file = { path: 'launchbook.yml', commit };
  const [there] = repository
    .git('ls-tree', '--name-only', commit)
    .split('\n')
    .filter(name => name.endsWith('.ipynb'));
  expect(await look(policy, file, { ...run, runbook: there!, commit })).toEqual({ findings: [], notes: [] });
  expect(
    (await look(policy, file, { ...run, runbook: 'runs/x/release.ipynb', commit })).findings
  ).toMatchObject([
    { line: 1, code: 'run.other_template', text: expect.stringContaining('runs/x/release.ipynb') }
  ]);
});
