// What a resume or a rollback of a run would do, from its files alone: nothing is started and nothing is written, so that everybody can
// look while somebody else drives the run.
import type { JournalRecord } from '../../contract/journal/journal.js';
import { stepNamed, textOf, type Outline } from '../../contract/notebook/outline.js';
import { withRecordedTexts } from '../../contract/plans/recorded-texts.js';
import { planResume, type ResumePlan, type SourceHashes } from '../../contract/plans/resume-plan.js';
import { planRollback, stepsToBringBack, type RollbackPlan } from '../../contract/plans/rollback-plan.js';
import { withWhatHasNoUndo } from '../../contract/plans/without-undo.js';
import { foldJournal } from '../../contract/reduce/reduce.js';
import type { RunState } from '../../contract/state/state.js';
import { sha256 } from '../../record/hash.js';
import { readOutline } from '../../record/source/read-outline.js';
import { isHeld } from '../../record/journal/lock-holder.js';
import { readRun, type RunFiles } from '../notebook/read-run.js';
import type { ResumeNames } from './check-resume.js';

/** The plan of a resume. @throws what {@link readRun} throws. */
export async function planResumeFromFiles(path: string): Promise<ResumePlan> {
  const { files, records, state, outline } = lookAt(path);
  return withRecordedTexts(planResume(state, outline, sourcesOf(files)), () => records);
}

/**
 * The plan of a rollback to before `step` or to `checkpoint`, or of everything.
 *
 * @returns null when the run has no such step or checkpoint, which `checkResume` tells with what it has.
 * @throws what {@link readRun} throws.
 * @example
 * (await planRollbackFromFiles('runs/2.4.0-staging/release.ipynb', { checkpoint: 'schema updated' }))?.rollbacks
 */
export async function planRollbackFromFiles(
  path: string,
  { step, checkpoint }: Pick<ResumeNames, 'step' | 'checkpoint'>
): Promise<RollbackPlan | null> {
  const { records, state, outline } = lookAt(path);
  const id = step === undefined ? null : (stepNamed(outline, step)?.id ?? step);
  const plan = planRollback(state, outline, { checkpoint: checkpoint ?? null, step: id });
  if (!plan) {
    return null;
  }
  const atHand = functionsAtHand(records, state);
  const broughtBack = state.recovery ? [] : stepsToBringBack(plan.rollbacks, outline, id => atHand.has(id));
  return withWhatHasNoUndo({ ...plan, broughtBack }, state, outline, records);
}

interface Look {
  readonly files: RunFiles;
  readonly records: readonly JournalRecord[];
  readonly state: RunState;
  readonly outline: Outline;
}

/** The run as a person who continues it finds it: when no process holds its journal, the variables are gone. */
function lookAt(path: string): Look {
  const files = readRun(path);
  const last = files.records.at(-1);
  const records: readonly JournalRecord[] =
    last === undefined || isHeld(files.journalPath)
      ? files.records
      : [
          ...files.records,
          { ...stampAfter(last), kind: 'executor-replaced', reason: 'No process holds the run.' }
        ];
  return { files, records, state: foldJournal(records), outline: readOutline(files.notebook.cells) };
}

function stampAfter({ seq, at }: JournalRecord): Pick<JournalRecord, 'seq' | 'at' | 'prev'> {
  return { seq: seq + 1, at, prev: '' };
}

function sourcesOf({ notebook }: RunFiles): SourceHashes {
  const cells = notebook.cells.filter(cell => cell.cell_type === 'code');
  return Object.fromEntries(cells.map(cell => [cell.id ?? '', sha256(textOf(cell.source))]));
}

/** Ids of the undo steps whose functions the living process has: registered in it, or brought back by a resume. */
function functionsAtHand(records: readonly JournalRecord[], { rollbacks }: RunState): ReadonlySet<string> {
  const found = new Set<string>();
  for (const record of records) {
    if (record.kind === 'kernel-started' || record.kind === 'executor-replaced') {
      found.clear();
    } else if (record.kind === 'rollback-registered') {
      found.add(record.rollback);
    } else if (record.kind === 'step-replayed') {
      rollbacks
        .filter(({ step, attempt }) => step === record.step && (attempt ?? record.attempt) === record.attempt)
        .forEach(({ id }) => found.add(id));
    }
  }
  return found;
}
