// `decide`, `means` and `synced` in launchbook.yml.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { applyPolicy } from '../../../record/policy/apply-policy.js';
import { faultsOfFile, loadPolicy } from '../../../record/profile/load-profile.js';
import { temporaryFolder } from '../../runbook/temporary-folder.js';

const root = temporaryFolder();
let count = 0;

function file(yaml: string): string {
  const folder = join(root, `project-${++count}`);
  mkdirSync(join(folder, '.git'), { recursive: true });
  const path = join(folder, 'launchbook.yml');
  writeFileSync(path, yaml);
  return path;
}

const faults = (yaml: string): string[] => faultsOfFile(file(yaml)).map(({ message }) => message);
const decide = (rpId: string, ...origins: string[]): string =>
  `decide: { rpId: ${JSON.stringify(rpId)}, origins: ${JSON.stringify(origins)} }\n`;
const PRODUCTION = `environments:
  staging: {}
  production:
    production: true
    policy:
      approvals: { grade: signed, means: [passkey], synced: false }
      phases: { Mail: { means: [passkey, key] } }
`;
const PAGE = decide(
  'launchbook.example.com',
  'https://launchbook.example.com',
  'https://b.launchbook.example.com:8443'
);

const vouched = (people: string): string => PAGE.replace(' }', `, voucher: decide, slack: { ${people} } }`);

test('is a part of the policy, and of what is asked at each hold point', () => {
  const policy = loadPolicy(file(PAGE + PRODUCTION), 'production');
  expect(policy.decide?.origins).toHaveLength(2);
  const rules = (phase: string) =>
    applyPolicy(policy, { name: 'QA', phase, asked: {}, form: [], nowMs: 0 }).rules;
  expect(rules('Deploy')).toMatchObject({ means: ['passkey'], synced: false, decide: policy.decide });
  expect(rules('Mail')).toMatchObject({ means: ['passkey', 'key'], synced: false });
});

test('a project that says nothing of it has nothing of it in its policy', () => {
  const policy = loadPolicy(file('environments: { staging: {} }\n'), 'staging');
  expect(Object.keys(policy)).not.toContain('decide');
  const { rules } = applyPolicy(policy, { name: 'QA', phase: '', asked: {}, form: [], nowMs: 0 });
  expect(Object.keys(rules)).not.toEqual(expect.arrayContaining(['decide']));
});

test('localhost is a page for trying it out, and none in production', () => {
  const path = file(
    decide('localhost', 'http://localhost:8090') + PRODUCTION.replace('means: [passkey], ', '')
  );
  expect(loadPolicy(path, 'staging').decide?.origins).toEqual(['http://localhost:8090']);
  expect(loadPolicy(path, 'production').decide?.origins).toEqual([]);
});

describe('is refused', () => {
  test.each([
    ['an address with a path', decide('a.example', 'https://a.example/'), 'an address without a path'],
    [
      'the port that nobody writes',
      decide('a.example', 'https://a.example:443'),
      'an address without a path'
    ],
    ['capital letters', decide('a.example', 'https://A.example'), 'an address without a path'],
    ['no TLS', decide('a.example', 'http://a.example'), 'https: browsers sign nowhere else'],
    ['another host', decide('a.example', 'https://b.example'), "a page of 'a.example'"],
    ['a host that only ends alike', decide('a.example', 'https://ba.example'), "a page of 'a.example'"],
    ['an address as the host', decide('https://a.example', 'https://a.example'), 'expected a host name'],
    ['a number as the host', decide('127.0.0.1', 'http://127.0.0.1:80'), 'expected a host name'],
    ['no page', 'decide: { rpId: a.example, origins: [] }\n', 'expected at least one address'],
    ['no host', 'decide: { origins: ["https://a.example"] }\n', "'decide.rpId' is missing"],
    [
      'an unknown means',
      PAGE + PRODUCTION.replace('[passkey]', '[fax]'),
      'expected one of key, passkey, hub, slack'
    ],
    ['no means', PAGE + PRODUCTION.replace('[passkey]', '[]'), 'expected at least one of key'],
    ['passkeys without a page', PRODUCTION, "asks for passkeys alone, and 'decide' says on no page"],
    [
      'passkeys in production on localhost',
      decide('localhost', 'http://localhost:1') + PRODUCTION,
      'names localhost alone, which is no page that decides in production'
    ],
    [
      'logins without a voucher',
      PAGE + PRODUCTION.replace('[passkey]', '[hub, slack]'),
      'names no voucher for logins'
    ],
    [
      'clicks of nobody',
      vouched('') + PRODUCTION.replace('[passkey]', '[slack]'),
      "no voucher's people under slack"
    ],
    [
      'people of Slack without a voucher',
      PAGE.replace(' }', ', slack: { ann: T01/U024 } }'),
      "'decide.voucher' nobody"
    ],
    [
      'one login of two people',
      vouched('ann: T01/U024, annie: T01/U024'),
      "is 'T01/U024', which is ann already"
    ],
    ['a person without a workspace', vouched('ann: U024'), "'decide.slack.ann'"],
    ['a shown name of Slack', vouched('ann: T01/annie'), "'decide.slack.ann'"]
  ])('%s', (_, yaml, message) => {
    expect(faults(yaml).join('\n')).toContain(message);
  });

  test('nothing of what is right', () => {
    expect(faults(PAGE + PRODUCTION)).toEqual([]);
    const logins = vouched('ann: T01/U024, bob: T01/W025') + PRODUCTION.replace('[passkey]', '[hub, slack]');
    expect(faults(logins)).toEqual([]);
    expect(faults(decide('localhost', 'http://localhost:8090', 'https://localhost'))).toEqual([]);
  });
});
