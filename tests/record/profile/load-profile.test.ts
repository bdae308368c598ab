import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { ProfileError } from '../../../record/errors/profile-error.js';
import { loadProfile, type ProfileRequest } from '../../../record/profile/load-profile.js';
import { temporaryFolder } from '../../runbook/temporary-folder.js';

const root = temporaryFolder();
let count = 0;

const GOOD = `
default: staging
environments:
  staging:
    colour: green
    vars: { ordersUrl: "\${ORDERS_URL}/v1", retries: 3, strict: true, literal: "$\${NOT}" }
    splunk:
      url: http://search/
      token: \${SEARCH_TOKEN}
      index: fleet
  production:
    production: true
    vars:
      ordersUrl: \${PRODUCTION_ONLY}
`;

function project(yaml: string | null, notebookFolder = 'releases'): string {
  const folder = join(root, `project-${++count}`);
  const notebooks = join(folder, notebookFolder);
  mkdirSync(notebooks, { recursive: true });
  mkdirSync(join(folder, '.git'));
  if (yaml !== null) {
    writeFileSync(join(folder, 'launchbook.yml'), yaml);
  }
  return notebooks;
}

const STAGING = { environment: 'staging', mode: 'rehearsal' } as const;
const VARIABLES = { ORDERS_URL: 'http://orders', SEARCH_TOKEN: 'sesame-secret' };

function faultsOf(yaml: string, request: Partial<ProfileRequest> = {}): string {
  try {
    loadProfile({ folder: project(yaml), run: STAGING, environment: VARIABLES, ...request });
  } catch (thrown) {
    expect(thrown).toMatchObject({ name: 'ProfileError', code: 'profile.invalid' });
    return (thrown as ProfileError).message;
  }
  return 'no fault';
}

describe('loadProfile', () => {
  test('resolves the environment with its variables filled in', () => {
    const loaded = loadProfile({ folder: project(GOOD), run: STAGING, environment: VARIABLES });
    expect(loaded).toMatchObject({
      name: 'staging',
      isProduction: false,
      mode: 'rehearsal',
      vars: { ordersUrl: 'http://orders/v1', retries: 3, strict: true, literal: '${NOT}' },
      splunk: {
        url: 'http://search',
        web: 'http://search',
        token: 'sesame-secret',
        index: 'fleet',
        app: 'search'
      }
    });
    expect(loaded).toMatchObject({ colour: 'green', typecheck: 'error', outputLimitBytes: null });
  });

  test.each([
    ['512 KiB', 524_288],
    ['4 MiB', 4_194_304],
    ['16MiB', 16_777_216]
  ])('reads an output limit of %s', (limit, bytes) => {
    const yaml = `${GOOD}\noutput: { limit: ${limit} }\n`;
    const loaded = loadProfile({ folder: project(yaml), run: STAGING, environment: VARIABLES });
    expect(loaded.outputLimitBytes).toBe(bytes);
  });

  test.each([
    ['staging', '', 'noted'],
    ['production', '', 'kept'],
    ['staging', 'order: kept', 'kept'],
    ['production', 'order: free', 'free']
  ])('steps of %s with %j are %s', (environment, order, expected) => {
    const yaml = `environments: { ${environment}: { production: ${environment === 'production'}, ${order} } }`;
    const run = { environment, mode: 'live' } as const;
    const { policy } = loadProfile({ folder: project(yaml), run, environment: {} });
    expect(policy.order).toBe(expected);
  });

  test('says of each variable which types the environments give it', () => {
    const yaml = `${GOOD}      retries: many\n      constructor: 7\n`;
    const { varTypes } = loadProfile({ folder: project(yaml), run: STAGING, environment: VARIABLES });
    expect({ ...varTypes }).toEqual({
      ordersUrl: 'string',
      retries: 'number | string',
      strict: 'boolean',
      literal: 'string',
      constructor: 'number'
    });
    expect(loadProfile({ folder: project(null), run: null, environment: {} }).varTypes).toEqual({});
  });

  test('another word for the order is a fault', () => {
    expect(faultsOf('environments: { staging: { order: keep } }')).toContain(
      '\'environments.staging.order\' is "keep" (a string), expected one of kept, noted, free.'
    );
  });

  test('reads where messages of Slack go', () => {
    const yaml = GOOD.replace(
      '    splunk:',
      '    slack: { token: "${SLACK_TOKEN}", channel: "#releases", url: "http://slack/api" }\n    splunk:'
    );
    const environment = { ...VARIABLES, SLACK_TOKEN: 'xoxb-1234' };
    const loaded = loadProfile({ folder: project(yaml), run: STAGING, environment });
    expect(loaded.slack).toEqual({
      token: 'xoxb-1234',
      webhook: null,
      channel: '#releases',
      url: 'http://slack/api/'
    });
    expect(faultsOf(yaml)).toContain(
      "'environments.staging.slack.token' needs the environment variable SLACK_TOKEN"
    );
    expect(loadProfile({ folder: project(GOOD), run: STAGING, environment: VARIABLES }).slack).toBeNull();
  });

  test('a list stays a list', () => {
    const yaml = GOOD.replace(
      '      index: fleet',
      '      index: fleet\n      harmless: [bucket missing, "${ORDERS_URL}"]'
    );
    expect(
      loadProfile({ folder: project(yaml), run: STAGING, environment: VARIABLES }).splunk?.harmless
    ).toEqual(['bucket missing', VARIABLES.ORDERS_URL]);
  });

  test('reads which runs are told, and whom messages mention', () => {
    const yaml = GOOD.replace(
      '    splunk:',
      "    slack: { token: '${SLACK_TOKEN}', channel: '#releases', thread: [live] }\n    splunk:"
    );
    const more = 'slackIds: { ann: U024BE7LH, qa: S0614TZR7 }\nlab: https://lab.example/lab/tree/\n';
    const environment = { ...VARIABLES, SLACK_TOKEN: 'xoxb-1234' };
    expect(loadProfile({ folder: project(`${more}${yaml}`), run: STAGING, environment })).toMatchObject({
      toldModes: ['live'],
      slackIds: { ann: 'U024BE7LH', qa: 'S0614TZR7' },
      lab: 'https://lab.example/lab/tree'
    });
    expect(loadProfile({ folder: project(GOOD), run: STAGING, environment })).toMatchObject({
      toldModes: ['live', 'rehearsal'],
      slackIds: {},
      lab: null
    });
  });

  test('a token stands in no file, nor in the fault that says so', () => {
    const faults = faultsOf(
      `slackIds: { ann: '@ann' }\nlab: lab.example\n${GOOD.replace('    splunk:', '    slack: { token: xoxb-1234, thread: [dry] }\n    splunk:')}`
    );
    expect(faults).toContain(
      "'environments.staging.slack.token' is not the name of an environment variable, expected ${NAME}: a secret does not belong into the file."
    );
    expect(faults).not.toContain('xoxb-1234');
    expect(faults).toContain(
      '\'slackIds.ann\' is "@ann" (a string), expected an id that Slack gives to a person (U…) or a user group (S…).'
    );
    expect(faults).toContain(
      '\'lab\' is "lab.example" (a string), expected an address that begins with http:// or https://.'
    );
    expect(faults).toMatch(/'environments\.staging\.slack\.thread\.0' is "dry".*live, rehearsal, dry-run/);
  });

  test.each(['{ channel: "#a" }', "{ token: '${A}', webhook: '${B}' }"])(
    'slack needs one way to go: %s',
    slack => {
      expect(faultsOf(GOOD.replace('    splunk:', `    slack: ${slack}\n    splunk:`))).toMatch(
        /has a fault:[\s\S]*'environments.staging.slack' has neither or both of token and webhook, expected one of them/
      );
    }
  );

  test('holds the parameters of a run against what is declared', () => {
    const yaml = `${GOOD}\nparameters:\n  batchSize: { type: number, maximum: 10 }\n  region: { type: string, enum: [eu, us], required: true }\n`;
    const run = { ...STAGING, release: '2.4.0', parameters: { batchSize: 5, region: 'eu', own: true } };
    const loaded = loadProfile({ folder: project(yaml), run, environment: VARIABLES });
    expect(loaded).toMatchObject({ release: '2.4.0', parameters: { batchSize: 5, region: 'eu', own: true } });
    const wrong = {
      folder: project(yaml),
      run: { ...run, parameters: { batchSize: 50 } },
      environment: VARIABLES
    };
    expect(() => loadProfile(wrong)).toThrow(
      /are not as \S+launchbook.yml declares them:\n {2}The parameter 'batchSize' is 50 \(a number\), expected a number, at most 10.\n {2}The parameter 'region' is missing/
    );
    expect(loadProfile({ folder: project(yaml), run: null, environment: VARIABLES }).parameters).toEqual({});
  });

  test('a declared parameter is checked itself', () => {
    expect(
      faultsOf(`${GOOD}\nparameters:\n  a: { typ: number }\n  b: { type: string, pattern: "(", enum: [] }\n`)
    ).toMatch(
      /'parameters.a.typ' is not a known key. Did you mean 'type'\?[\s\S]*'parameters.b.enum' is empty, expected at least one value[\s\S]*'parameters.b.pattern' is "\(" \(a string\), expected a regular expression/
    );
  });

  test('says what a size looks like', () => {
    expect(faultsOf(`${GOOD}\noutput: { limit: 4 megabytes }\n`)).toMatch(
      /'output.limit' is "4 megabytes" \(a string\), expected a size such as '512 KiB' or '4 MiB'/
    );
  });

  test('an environment does not need the variables of another one', () => {
    expect(faultsOf(GOOD, { run: { ...STAGING, environment: 'production' } })).toMatch(
      /line 14: 'environments\.production\.vars\.ordersUrl' needs the environment variable PRODUCTION_ONLY, which is not set/
    );
  });

  test('approvers that name nobody are a fault, because nobody named would be anybody', () => {
    const policy = (text: string): string =>
      GOOD.replace('    colour: green', `    colour: green\n    policy: ${text}`);
    expect(faultsOf(policy('{ approvals: { approvers: [] } }'))).toMatch(
      /line 6: 'environments.staging.policy.approvals.approvers' is .*expected/
    );
    expect(faultsOf(policy('{ phases: { Deploy: { approvers: [] } } }'))).toContain('approvers');
    expect(faultsOf(policy('{ approvals: { approvers: ["*"] }, breakGlass: [] }'))).toBe('no fault');
  });

  test('a scratch notebook gets the default environment', () => {
    expect(loadProfile({ folder: project(GOOD), run: null, environment: VARIABLES }).name).toBe('staging');
  });

  test('a default that is a production environment is refused', () => {
    expect(faultsOf(GOOD.replace('default: staging', 'default: production'), { run: null })).toContain(
      'which only a run may act on'
    );
  });

  test('a project without the file has no environment, and a run that names one is refused', () => {
    const loaded = loadProfile({ folder: project(null), run: null, environment: {} });
    expect(loaded).toMatchObject({ file: null, name: 'none', isProduction: false, vars: {} });
    expect(() => loadProfile({ folder: project(null), run: STAGING, environment: {} })).toThrow(
      'there is no launchbook.yml'
    );
  });

  test('a file above the git root does not count', () => {
    const outer = project(GOOD, 'inner/notebooks');
    mkdirSync(join(outer, '..', '.git'));
    expect(loadProfile({ folder: outer, run: null, environment: VARIABLES }).file).toBeNull();
  });

  test('every fault is listed at once, with its line and the nearest known word', () => {
    const message = faultsOf(`
environment: {}
environments:
  staging:
    colr: green
    production: yes please
    vars: { a-b: 1, list: [1] }
    splunk: { url: "" }
typecheck: of
`);
    expect(message).toContain('8 faults');
    expect(message).toMatch(/line 2: 'environment' is not a known key. Did you mean 'environments'\?/);
    expect(message).toMatch(
      /line 5: 'environments.staging.colr' is not a known key. Did you mean 'colour'\?/
    );
    expect(message).toMatch(
      /line 6: 'environments.staging.production' is "yes please" \(a string\), expected a boolean/
    );
    expect(message).toMatch(/'a-b' under 'environments.staging.vars' is not a valid name/);
    expect(message).toMatch(
      /'environments.staging.vars.list' is a list, expected string or number or boolean/
    );
    expect(message).toMatch(/'environments.staging.splunk.token' is missing/);
    expect(message).toMatch(
      /line 9: 'typecheck' is "of" \(a string\), expected one of error, warn, off. Did you mean 'off'\?/
    );
  });

  test('an unknown environment names the nearest one', () => {
    expect(faultsOf(GOOD, { run: { ...STAGING, environment: 'stagign' } })).toContain(
      "There is no environment 'stagign'. Did you mean 'staging'?"
    );
  });

  test('missing variables are listed together', () => {
    const message = faultsOf(GOOD, { environment: { SEARCH_TOKEN: '' } });
    expect(message).toContain('ORDERS_URL, which is not set');
    expect(message).toContain('SEARCH_TOKEN, which is empty');
  });

  test('text that is not YAML is a fault with its line', () => {
    expect(faultsOf('environments:\n  staging:\n    vars: { url: ${ORDERS_URL} }\n')).toMatch(
      /line 3: Not valid YAML/
    );
  });

  test('names of object prototypes are not environments', () => {
    expect(faultsOf(GOOD, { run: { ...STAGING, environment: 'constructor' } })).toContain(
      "no environment 'constructor'"
    );
  });
});

describe('secrets', () => {
  const YAML = `
secrets:
  A: { env: DEPLOY_TOKEN }
  B: { file: keys/b }
environments:
  staging:
    secrets: { A: { command: [op, read, 'op://staging/a'] } }
  production: {}
`;

  test("an environment's sources come before the file's, files are relative to launchbook.yml, nothing is read", () => {
    const folder = project(YAML);
    const load = (environment: string): unknown =>
      loadProfile({ folder, run: { environment, mode: 'live' }, environment: {} }).secrets;
    const B = { file: join(folder, '..', 'keys/b') };
    expect(load('staging')).toEqual({ A: { command: ['op', 'read', 'op://staging/a'] }, B });
    expect(load('production')).toEqual({ A: { env: 'DEPLOY_TOKEN' }, B });
  });

  test('a source that is none, or several, is refused', () => {
    const folder = project(`
secrets:
  A: { env: X, file: y }
  B: { vault: kv }
  C: {}
  D: { command: [] }
  5e: { env: X }
environments:
  staging: {}
`);
    expect(() => loadProfile({ folder, run: STAGING, environment: {} })).toThrow(
      /'secrets\.A' names several sources[\s\S]*'secrets\.B\.vault' is not a known key[\s\S]*'secrets\.C' is empty, expected one of[\s\S]*'secrets\.D\.command' is empty/
    );
    expect(() => loadProfile({ folder, run: STAGING, environment: {} })).toThrow(
      /'5e' under 'secrets' is not a valid name/
    );
  });
});
