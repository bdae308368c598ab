// Receipts against real repositories: rehearsals beside the run, on other branches, edited, broken, too old, and under each policy.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { journalPathOf } from '../../../contract/notebook/notebook.js';
import type { PhaseRehearsal } from '../../../contract/rehearsal/phase-rehearsal.js';
import { archiveRun } from '../../../lifecycle/archive/archive-run.js';
import { newRun } from '../../../lifecycle/new/new-run.js';
import { runRehearsals } from '../../../lifecycle/rehearsal/run-rehearsals.js';
import { executeRun, makeRepository, type Repository } from '../executed-run.js';

const REHEARSED_AT = '2026-11-22T08:00:00.000Z';
const DAY_MS = 86_400_000;
let repository: Repository;
beforeEach(async () => {
  repository = await makeRepository();
});
afterEach(() => repository.remove());

const withPolicy = (policy: string): void => {
  repository.write(
    'launchbook.yml',
    `environments:\n  staging: {}\n  qa: {}\n  production:\n    production: true\n    policy: ${policy}\n`
  );
  repository.commit('Ask for rehearsals');
};
const rehearse = (options: Parameters<typeof executeRun>[1] = {}): Promise<string> =>
  executeRun(repository, { beganAt: REHEARSED_AT, ...options });
const makeLive = async (release = '1.2.0'): Promise<string> =>
  (await newRun({ template: join(repository.folder, 'release.ipynb'), release, environment: 'production' }))
    .path;
const daysLater = (days: number): number => Date.parse(REHEARSED_AT) + days * DAY_MS;
const phaseOf = (phases: readonly PhaseRehearsal[], id: string): PhaseRehearsal =>
  phases.find(({ phase }) => phase === id)!;
const editTemplate = (from: string, to: string): void => {
  const before = repository.read('release.ipynb');
  expect(before).toContain(from);
  repository.write('release.ipynb', before.replace(from, to));
  repository.commit('Improve the runbook');
};

describe('a live run in production without a policy', () => {
  test('shows the last rehearsal of each phase and step, and locks nothing', async () => {
    await rehearse();
    const phases = await runRehearsals(await makeLive(), daysLater(3));
    expect(phases.map(({ title }) => title)).toEqual([
      'Preparation',
      'QA sign-off',
      'Deployment',
      'Verification',
      'Closing'
    ]);
    for (const { rule, receipt, changes, missing, steps } of phases) {
      expect({ rule, changes, missing }).toEqual({ rule: null, changes: [], missing: [] });
      expect(receipt).toMatchObject({ environment: 'staging', mode: 'rehearsal', outcome: 'passed' });
      expect(Object.values(steps).map(({ isSame, outcome }) => [isSame, outcome])).toEqual(
        Object.keys(steps).map(() => [true, 'passed'])
      );
    }
    expect(phaseOf(phases, 'deployment').steps['deploy']).toMatchObject({ durationMs: 1500 });
  });

  test('names what was edited since: the step, and its phase', async () => {
    await rehearse();
    editTemplate('echo deploy SERVICE ${release}', 'echo deploy --force SERVICE ${release}');
    const phases = await runRehearsals(await makeLive(), daysLater(3));
    expect(phaseOf(phases, 'deployment').changes).toEqual([
      expect.stringMatching(/^The step “.+” was edited\.$/)
    ]);
    expect(phaseOf(phases, 'deployment').steps['deploy']?.isSame).toBe(false);
    expect(phaseOf(phases, 'verification').changes).toEqual([]);
  });

  test('of another release and with other parameters is the same content, with another line in their cell it is not', async () => {
    await rehearse();
    expect(
      phaseOf(await runRehearsals(await makeLive('9.9.9'), daysLater(1)), 'preparation').changes
    ).toEqual([]);
    editTemplate("const previousRelease = '1.0.0';", "const previousRelease = '1.0.0', isQuick = true;");
    const phases = await runRehearsals(await makeLive('9.9.10'), daysLater(1));
    expect(phaseOf(phases, 'preparation').changes).toHaveLength(1);
  });
});

describe('the policy', () => {
  test('locks every phase that was never rehearsed, and says where', async () => {
    withPolicy('{ rehearsal: { within: 7d, in: [staging] } }');
    const phases = await runRehearsals(await makeLive());
    expect(phases).toHaveLength(5);
    phases.forEach(({ missing }) => expect(missing).toEqual(['It was never rehearsed in staging.']));
  });

  test('is content with a rehearsal of the same content in time', async () => {
    withPolicy('{ rehearsal: { within: 7d, in: [staging] } }');
    await rehearse();
    const path = await makeLive();
    (await runRehearsals(path, daysLater(6))).forEach(({ missing }) => expect(missing).toEqual([]));
    (await runRehearsals(path, daysLater(8))).forEach(({ missing }) =>
      expect(missing).toEqual([
        expect.stringMatching(/^It is [78] d \d+ h old, the policy asks for at most 7 d 0 h\.$/)
      ])
    );
  });

  test('of one phase leaves the others, and `false` takes a phase out', async () => {
    withPolicy('{ phases: { Deployment: { rehearsal: { in: [qa] } } } }');
    await rehearse();
    const locked = (phases: readonly PhaseRehearsal[]): string[] =>
      phases.filter(({ missing }) => missing.length > 0).map(({ title }) => title);
    expect(locked(await runRehearsals(await makeLive('1.2.0')))).toEqual(['Deployment']);
    withPolicy('{ rehearsal: { in: [qa] }, phases: { Closing: { rehearsal: false } } }');
    expect(locked(await runRehearsals(await makeLive('1.2.1')))).not.toContain('Closing');
  });

  test('may ask for the same release', async () => {
    withPolicy('{ rehearsal: { sameRelease: true } }');
    await rehearse({ release: '1.2.0' });
    expect(phaseOf(await runRehearsals(await makeLive('1.2.0')), 'closing').missing).toEqual([]);
    expect(phaseOf(await runRehearsals(await makeLive('1.3.0')), 'closing').missing).toEqual([
      'It was of release 1.2.0, the policy asks for the same, 1.3.0.'
    ]);
  });

  test('counts no rehearsal that has not come to its end', async () => {
    withPolicy('{ rehearsal: true }');
    await rehearse({ until: 'verify' });
    const phases = await runRehearsals(await makeLive());
    expect(phaseOf(phases, 'deployment').missing).toEqual(['It has not come to its end.']);
    expect(phaseOf(phases, 'verification').missing).toEqual(['It was never rehearsed in staging or qa.']);
  });

  test('is still content with a rehearsal when a newer one of the same content is held: that one has not failed', async () => {
    withPolicy('{ rehearsal: true }');
    await rehearse();
    const isHeld = { stories: { 'closing-checklist': { isHeld: true } } };
    await rehearse({ release: '1.1.1', beganAt: '2026-11-23T08:00:00.000Z', ...isHeld });
    const closing = phaseOf(await runRehearsals(await makeLive()), 'closing');
    expect(closing.missing).toEqual([]);
    expect(closing.steps['closing-checklist']).toMatchObject({ release: '1.1.0', outcome: 'passed' });
  });

  test('counts no journal that was changed by hand, and names it', async () => {
    withPolicy('{ rehearsal: true }');
    const journal = journalPathOf(await rehearse(), true);
    writeFileSync(journal, readFileSync(journal, 'utf8').replace('"durationMs":1500', '"durationMs":1501'));
    const [phase] = await runRehearsals(await makeLive());
    expect(phase!.missing).toEqual([
      'It was never rehearsed in staging or qa.',
      expect.stringMatching(
        /^A journal does not count: 1\.1\.0-staging\/release\.journal\.jsonl: line \d+ does not carry the hash/
      )
    ]);
  });

  test('counts no archived journal whose last lines were taken away', async () => {
    withPolicy('{ rehearsal: true }');
    const path = await rehearse();
    await archiveRun(path, { unfinished: true });
    const journal = journalPathOf(path, true);
    writeFileSync(
      journal,
      `${readFileSync(journal, 'utf8').trimEnd().split('\n').slice(0, -1).join('\n')}\n`
    );
    const [phase] = await runRehearsals(await makeLive());
    expect(phase!.missing.at(-1)).toMatch(/it is not the journal that was archived/);
  });
});

describe('a rehearsal on another branch', () => {
  test('is found by the tag of its archive, and not without one', async () => {
    withPolicy('{ rehearsal: true }');
    repository.git('switch', '--quiet', '--create', 'release/1.1.0-staging');
    const path = await rehearse();
    const { tag } = await archiveRun(path, { unfinished: true });
    repository.git('switch', '--quiet', 'main');
    const live = await makeLive();
    const [phase] = await runRehearsals(live, daysLater(2));
    expect(phase).toMatchObject({
      missing: [],
      receipt: { journal: { place: `${tag}:runs/1.1.0-staging/release.journal.jsonl` } }
    });
    repository.git('tag', '--delete', tag);
    expect((await runRehearsals(live, daysLater(2)))[0]?.missing).toEqual([
      'It was never rehearsed in staging or qa.'
    ]);
  });
});

test('rehearsals and dry runs need no rehearsal', async () => {
  withPolicy('{ rehearsal: true }');
  expect(await runRehearsals(await rehearse())).toEqual([]);
  const { path } = await newRun({
    template: join(repository.folder, 'release.ipynb'),
    release: '1.2.0',
    environment: 'production',
    mode: 'dry-run'
  });
  expect(await runRehearsals(path)).toEqual([]);
});
