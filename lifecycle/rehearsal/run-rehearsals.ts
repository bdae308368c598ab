// What is known of the rehearsals of a run: for `launchbook status` and the board, which have the files alone.
import { dirname, resolve } from 'node:path';
import type { PhaseRehearsal } from '../../contract/rehearsal/phase-rehearsal.js';
import type { RunInfo } from '../../contract/base/run.js';
import {
  hasRules,
  loadRehearsalRules,
  type RehearsalRules
} from '../../record/profile/load-rehearsal-rules.js';
import { lookAtRun, type RunFiles } from '../notebook/read-run.js';
import { findReceipts } from './find-receipts.js';
import { judgePhases } from './judge-phases.js';

/**
 * The rehearsals of each phase of the run at `path`; none of a run that needs none: one that is not live, or in an environment that is not
 * production and asks for no rehearsal.
 *
 * @param nowMs - Milliseconds since 1970. @default now
 * @param files - As they were read. @default they are read
 * @throws ProfileError when launchbook.yml has faults; what `readRun` throws.
 * @example
 * (await runRehearsals('runs/2.4.0-production/release.ipynb'))[0]?.receipt?.environment // 'staging'
 */
export async function runRehearsals(
  path: string,
  nowMs: number = Date.now(),
  files: Pick<RunFiles, 'run' | 'state' | 'outline' | 'notebook'> = lookAtRun(path)
): Promise<PhaseRehearsal[]> {
  const { run, state, outline, notebook } = files;
  if (run?.mode !== 'live') {
    return [];
  }
  const rules = loadRehearsalRules(resolve(dirname(path)), run.environment, run.runbook);
  if (!needsRehearsals(run, rules)) {
    return [];
  }
  const { cells } = notebook;
  const found = await findReceipts(path, { run, environments: environmentsOf(rules) }, cells);
  return judgePhases({ run, state, outline, content: { cells }, rules, found, nowMs });
}

/** True for a live run in production, or where the policy asks for rehearsals. */
export function needsRehearsals(run: RunInfo | null, rules: RehearsalRules): boolean {
  return run?.mode === 'live' && (rules.isProduction || hasRules(rules));
}

/** Every environment in which a rehearsal may count. */
export function environmentsOf({ everywhere, phases, lower }: RehearsalRules): string[] {
  const asked = [everywhere, ...Object.values(phases)].flatMap(rule => rule?.environments ?? []);
  return [...new Set([...asked, ...lower])];
}
