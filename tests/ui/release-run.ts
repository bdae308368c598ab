// A fresh run of the example release, in a copy of the examples, with a fleet of its own. Stops the fleet afterwards.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Lab } from './lab.js';
import type { Labs } from './labs.js';
import { ROOT } from './root.js';

/** A run of the release, and its fleet. */
export interface ReleaseRun {
  readonly lab: Lab;
  /** Address that opens the run, with the token. */
  readonly url: string;
  /** Absolute path of the run's notebook. */
  readonly notebook: string;
  /** Runs fleetctl against this fleet; returns its standard output. */
  fleetctl(...args: string[]): string;
  /** Records of the run's journal so far. */
  journal(): Record<string, unknown>[];
  stop(): Promise<void>;
}

interface Fleet {
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** The scripts of `npm start`. */
const { startFleet } = (await import(pathToFileURL(join(ROOT, 'scripts/serve/start-fleet.mjs')).href)) as {
  startFleet(state: string): Promise<Fleet>;
};
const { chooseNotebook } = (await import(
  pathToFileURL(join(ROOT, 'scripts/serve/open-notebook.mjs')).href
)) as { chooseNotebook(template: string): { readonly path: string; readonly shown: string } };

/** Starts a fleet with empty state and makes the run, as `npm start` does. */
export async function startReleaseRun(labs: Labs): Promise<ReleaseRun> {
  const state = mkdtempSync(join(tmpdir(), 'launchbook-fleet-'));
  const fleet = await startFleet(join(state, 'fleet'));
  const lab = await labs.fresh(fleet.environment);
  copyExamples(lab.folder);
  const { path, shown } = chooseNotebook(join(lab.folder, 'release.ipynb'));
  const fleetctl = join(ROOT, 'examples/fleet/bin/fleetctl');
  return {
    lab,
    url: lab.address(shown),
    notebook: path,
    fleetctl: (...args) =>
      execFileSync(fleetctl, args, { encoding: 'utf8', env: { ...process.env, ...fleet.environment } }),
    journal: () =>
      readFileSync(path.replace(/\.ipynb$/, '.journal.jsonl'), 'utf8')
        .trim()
        .split('\n')
        .map(line => JSON.parse(line) as Record<string, unknown>),
    stop: async () => {
      await fleet.stop();
      rmSync(state, { recursive: true, force: true });
    }
  };
}

/** A repository with the examples, all of them committed. */
function copyExamples(folder: string): void {
  const examples = join(ROOT, 'examples');
  const runs = join(examples, 'runs');
  cpSync(examples, folder, { recursive: true, filter: path => path !== runs });
  const git = (...args: string[]): void => {
    execFileSync('git', [
      '-C',
      folder,
      '-c',
      'user.name=Ann Lee',
      '-c',
      'user.email=ann@example.org',
      ...args
    ]);
  };
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'Begin');
}
