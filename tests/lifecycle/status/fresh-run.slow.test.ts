// The first run of its kind: nothing was measured, so no place tells when it may end or how long it usually takes. Dry runs and rehearsals of
// the same runbook stand beside it. As soon as one run of its kind has ended, each of these places tells it.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { join } from 'node:path';
import type { RunMode } from '../../../contract/base/run.js';
import { phasesLook } from '../../../labextension/phases/look/phases-look.js';
import { pageOf } from '../../../lifecycle/board/page.js';
import { partOf } from '../../../lifecycle/board/parts.js';
import { archiveFacts } from '../../../lifecycle/facts/archive-facts.js';
import { findEarlierRuns } from '../../../lifecycle/facts/earlier-runs.js';
import { habitsOf } from '../../../lifecycle/facts/habits.js';
import { readRun } from '../../../lifecycle/notebook/read-run.js';
import { STATUS_FORMATS } from '../../../lifecycle/status/format/formats.js';
import { runStatus } from '../../../lifecycle/status/run-status.js';
import { ENGLISH } from '../../labextension/english.js';
import { executeRun, makeRepository, type Repository } from '../executed-run.js';

let repository: Repository;
const cacheBefore = process.env['XDG_CACHE_HOME'];

beforeAll(async () => {
  repository = await makeRepository();
  process.env['XDG_CACHE_HOME'] = join(repository.folder, '.cache');
  repository.write(
    'launchbook.yml',
    'environments: { staging: {}, production: { production: true }, production-eu: { production: true } }\n'
  );
  repository.commit('Environments');
  await make('1.0.0', 'production', 'dry-run');
  await make('1.0.1', 'staging', 'rehearsal');
  await make('1.0.2', 'staging', 'live');
});

afterAll(() => {
  repository.remove();
  if (cacheBefore === undefined) {
    delete process.env['XDG_CACHE_HOME'];
  } else {
    process.env['XDG_CACHE_HOME'] = cacheBefore;
  }
});

function make(release: string, environment: string, mode: RunMode, until?: string): Promise<string> {
  return executeRun(repository, {
    release,
    environment,
    mode,
    folder: join(repository.folder, 'runs', release),
    beganAt: `2026-11-2${release.slice(-1)}T08:00:00.000Z`,
    stepMs: 60_000,
    ...(until === undefined ? {} : { until })
  });
}

/** What each place that could tell an estimate says of the run. */
function placesOf(path: string): { readonly [place: string]: string } {
  const now = '2026-11-29T12:00:00.000Z';
  const summary = runStatus(path, { now });
  const files = readRun(path);
  const { state, outline, run } = files;
  const { steps } = habitsOf(path);
  const look = phasesLook(
    {
      notebook: { name: 'release.ipynb', run, outline, state, source: 'kernel' },
      now: Date.parse(now),
      earlierMs: step => steps[step]?.usualMs ?? null
    },
    ENGLISH
  );
  const facts = archiveFacts(files, findEarlierRuns(path));
  const planned = facts.phases.flatMap(phase => [
    phase.plannedMs,
    ...phase.steps.map(step => step.plannedMs)
  ]);
  return {
    ...Object.fromEntries(
      Object.entries(STATUS_FORMATS).map(([name, write]) => [`status ${name}`, write(summary)])
    ),
    board: pageOf([partOf('run', summary)]),
    sidebar: look.rest,
    'rows of the sidebar': look.phases.map(({ detail }) => detail).join('\n'),
    alarms: Object.keys(steps).length === 0 ? '' : `usually ${JSON.stringify(steps)}`,
    'planned time in archive and report': planned.every(ms => ms === null)
      ? ''
      : `usually ${planned.join(', ')}`
  };
}

const ESTIMATE = /of work left|until about|expected by|later than|P50|usual|"expectedEnd":\{/;

function estimating(path: string): string[] {
  return Object.entries(placesOf(path)).flatMap(([place, text]) => (ESTIMATE.test(text) ? [place] : []));
}

test('nothing is estimated before a run of the same kind has ended, and then in every place', async () => {
  const fresh = await make('1.0.4', 'production', 'live', 'before');
  const begun = await make('1.0.5', 'production', 'live', 'deploy');
  expect([estimating(fresh), estimating(begun)]).toEqual([[], []]);
  // One that was given up says nothing of the end either.
  expect(estimating(await make('1.0.6', 'production-eu', 'live', 'deploy'))).toEqual([]);
  await make('1.0.3', 'production', 'live');
  expect(estimating(begun)).toEqual(Object.keys(placesOf(begun)));
  expect(estimating(fresh)).toEqual(Object.keys(placesOf(fresh)));
});
