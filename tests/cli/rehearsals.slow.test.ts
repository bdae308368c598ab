// What `launchbook status` says of rehearsals, in every format, and what the archive keeps of them.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordBody } from '../../contract/journal/journal.js';
import type { Notebook } from '../../contract/notebook/notebook.js';
import { textOf } from '../../contract/notebook/outline.js';
import { archiveRun } from '../../lifecycle/archive/archive-run.js';
import { newRun } from '../../lifecycle/new/new-run.js';
import { runRehearsals } from '../../lifecycle/rehearsal/run-rehearsals.js';
import { verifyRun } from '../../lifecycle/verify/verify-run.js';
import { ANN, execute, executeRun, makeRepository, type Repository } from '../lifecycle/executed-run.js';
import { callLaunchbook, spawnLaunchbook } from './launchbook.js';

let repository: Repository;
/** A live run whose rehearsal passed, one whose Deployment was edited since. */
let live: string;
let edited: string;

beforeAll(async () => {
  repository = await makeRepository();
  repository.write(
    'launchbook.yml',
    'environments: { staging: {}, production: { production: true, policy: { rehearsal: true } } }\n'
  );
  repository.commit('Ask for rehearsals');
  await executeRun(repository, { beganAt: new Date(Date.now() - 3 * 86_400_000).toISOString() });
  live = await makeLive('1.2.0');
  const template = repository.read('release.ipynb');
  repository.write(
    'release.ipynb',
    template.replace('echo deploy SERVICE ${release}', 'echo ship ${release}')
  );
  repository.commit('Improve the deployment');
  edited = await makeLive('1.3.0');
});
afterAll(() => repository.remove());

async function makeLive(release: string): Promise<string> {
  const template = join(repository.folder, 'release.ipynb');
  return (await newRun({ template, release, environment: 'production' })).path;
}

const status = (path: string, ...more: string[]) =>
  callLaunchbook(repository.folder, ['status', path, ...more]);

describe('`status` of a run that was rehearsed', () => {
  test('has one line more: where, when, how, which run', async () => {
    const { stdout } = await status(live);
    expect(stdout).toMatch(
      /^ {2}Rehearsal in staging [23] days ago: passed in 9\.0 s \(1\.1\.0-staging-[0-9a-f]{6}\)$/m
    );
    expect(stdout).toMatch(/▪ Deployment +locked +0 of 1 step, until “QA sign-off”$/m);
  });

  test.each(['md', 'html', 'slack'] as const)('says the same as %s', async format => {
    const { stdout } = await status(live, '--format', format);
    expect(stdout.replaceAll('\\', '')).toMatch(/Rehearsal.*in staging [23] days ago: passed/s);
  });

  test('has each receipt as data', async () => {
    const { phases } = JSON.parse((await status(live, '--json')).stdout) as {
      phases: {
        title: string;
        rehearsal: { missing: string[]; steps: object; receipt: { environment: string } };
      }[];
    };
    const { rehearsal } = phases.find(({ title }) => title === 'Deployment')!;
    expect(rehearsal).toMatchObject({ missing: [], receipt: { environment: 'staging', outcome: 'passed' } });
    expect(rehearsal.steps).toMatchObject({ deploy: { outcome: 'passed', isSame: true } });
  });
});

describe('`status` of a run that was edited since', () => {
  test('is amber, and the phase is locked with the reason', async () => {
    const { stdout, code } = await status(edited);
    expect(stdout).toMatch(/▲ amber: “Deployment” is locked: edited since its rehearsal/);
    expect(stdout).toMatch(
      /▪ Deployment +locked +0 of 1 step, until “QA sign-off”, edited since its rehearsal$/m
    );
    expect(stdout).toMatch(/▪ Verification +locked +0 of 1 step, until “QA sign-off”$/m);
    expect(code).toBe(3);
  });

  test.each(['md', 'html', 'slack'] as const)('says why as %s', async format => {
    expect((await status(edited, '--format', format)).stdout).toContain('edited since its rehearsal');
  });
});

test('`status` with a faulty launchbook.yml tells the rest, and the fault', async () => {
  const before = repository.read('launchbook.yml');
  repository.write('launchbook.yml', before.replace('rehearsal:', 'rehersal:'));
  const { stdout, stderr, code } = await status(live);
  repository.write('launchbook.yml', before);
  expect(stdout).toMatch(/Deployment +locked +0 of 1 step, until “QA sign-off”$/m);
  expect(stderr).toMatch(/rehearsals are not shown.*Did you mean 'rehearsal'/s);
  expect(code).toBe(3);
});

describe('an archive', () => {
  test('says what the phases rest on, begins with what was released against the policy, and verifies', async () => {
    const phases = await runRehearsals(live);
    const deployment = phases.find(({ title }) => title === 'Deployment')!;
    const steps = deployment.receipt!.steps.map(({ id, title, content }) => ({
      id,
      title,
      hashes: [content!]
    }));
    const common = { rule: deployment.rule!, by: ANN };
    const records: RecordBody[] = [
      {
        ...common,
        kind: 'phase-admitted',
        phase: deployment.phase,
        title: 'Deployment',
        receipt: deployment.receipt!,
        steps
      },
      {
        ...common,
        kind: 'phase-released',
        phase: 'closing',
        title: 'Closing',
        missing: ['It was never rehearsed in staging.'],
        steps: [],
        reason: 'staging is down | it cannot wait'
      }
    ];
    execute(live, { stories: { before: { records } } });
    await archiveRun(live);
    const text = summaryOf(live);
    expect(text).toMatch(
      /^\*\*Release 1\.2\.0.*\n\n\*\*RELEASED AGAINST THE POLICY:\*\* “Closing” by Ann Lee \(claimed\) at .* UTC: staging is down \\\| it cannot wait/
    );
    expect(text).toMatch(
      /\*\*Rehearsals\*\*\n\n.*\n.*\n\| Deployment \| staging \| 20\d\d-.* UTC \| 1\.5 s \| 1\.1\.0-staging-[0-9a-f]{6} \| [0-9a-f]{12} \|/
    );
    expect((await verifyRun(live)).findings).toEqual([]);
    const report = spawnLaunchbook(repository.folder, ['report', live]).stdout;
    expect(report).toContain('Against the policy: “Closing” was released by Ann Lee');
  });

  test('whose journal ran something else than was let in does not verify', async () => {
    const path = await makeLive('1.4.0');
    const steps = [{ id: 'deploy', title: 'Deploy', hashes: ['ab'.repeat(32)] }];
    const released: RecordBody = {
      kind: 'phase-released',
      phase: 'deployment',
      title: 'Deployment',
      rule: { withinMs: null, environments: ['staging'], sameRelease: false },
      missing: [],
      steps,
      by: ANN,
      reason: 'staging is down'
    };
    execute(path, { stories: { before: { records: [released] } } });
    expect((await verifyRun(path)).findings).toMatchObject([
      { file: expect.stringMatching(/journal\.jsonl$/), code: 'rehearsal.other_content' }
    ]);
  });
});

function summaryOf(path: string): string {
  const { cells } = JSON.parse(readFileSync(path, 'utf8')) as Notebook;
  return textOf(cells.find(({ id }) => id === 'launchbook-summary')!.source);
}
