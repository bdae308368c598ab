// The receipts that the journal of another run gives: one of each phase in which something ran. A journal that cannot be trusted gives none.
import type { JournalRecord } from '../../contract/journal/journal.js';
import type { PhaseSummary } from '../../contract/state/phase-status.js';
import { foldJournal } from '../../contract/reduce/reduce.js';
import type { JournalFact, Receipt, RehearsedStep } from '../../contract/rehearsal/receipt.js';
import type { RunInfo } from '../../contract/base/run.js';
import { lastAttemptOf, type RunState } from '../../contract/state/state.js';
import { sha256 } from '../../record/hash.js';
import { faultInFields, readJournal } from '../../record/journal/read-journal.js';
import { outcomeOf } from '../../contract/state/run-outcome.js';
import { toldPhases } from '../../contract/state/told-status.js';
import { readManifest } from '../manifest/manifest-findings.js';
import { contentHashOf } from './current-content.js';

/** A journal as it was read. */
export interface FoundJournal {
  /** Where, for people: see {@link JournalFact}. */
  readonly place: string;
  readonly journal: Buffer;
  /** The manifest beside it, or null when the run was not archived. */
  readonly manifest: Buffer | null;
}

/** A receipt with the phase that it is of, or why there is none. */
export type ReadReceipts =
  | {
      readonly runbook: string;
      readonly receipts: readonly { readonly phase: string; readonly receipt: Receipt }[];
    }
  | { readonly fault: string };

/**
 * Reads the receipts of a journal. Never throws.
 *
 * @param parameterCells - Ids of the cells whose values are not part of their content.
 */
export function readReceipts(
  { place, journal, manifest }: FoundJournal,
  parameterCells: ReadonlySet<string>
): ReadReceipts {
  const { records, end, ...reading } = readJournal(journal.toString('utf8'));
  const fault = reading.fault ?? faultInFields(records);
  if (fault) {
    return { fault: `line ${fault.line} ${fault.message}` };
  }
  if (manifest !== null && readManifest(manifest)?.journal.sha256 !== sha256(journal)) {
    return { fault: 'it is not the journal that was archived' };
  }
  const state = foldJournal(records);
  if (state.run === null) {
    return { fault: 'it is of no run' };
  }
  const fact = { place, records: end.seq, hash: end.hash };
  return {
    runbook: state.run.runbook,
    receipts: receiptsOf(state.run, state, records, parameterCells, fact)
  };
}

function receiptsOf(
  info: RunInfo,
  state: RunState,
  records: readonly JournalRecord[],
  parameterCells: ReadonlySet<string>,
  journal: JournalFact
): { readonly phase: string; readonly receipt: Receipt }[] {
  const phases = toldPhases(state, state.outline);
  const texts = textsOf(records, parameterCells);
  const { id: run, release, environment, mode } = info;
  const outcome = outcomeOf(phases);
  return phases.flatMap(phase => {
    const steps = phase.steps.map(step => rehearsedStep(step, state, texts));
    const at = steps
      .flatMap(step => step.at ?? [])
      .sort()
      .at(-1);
    const durationMs = phase.elapsedMs;
    return at === undefined
      ? []
      : [
          {
            phase: phase.id,
            receipt: { run, release, environment, mode, outcome, at, durationMs, steps, journal }
          }
        ];
  });
}

function rehearsedStep(
  { id, title, status }: PhaseSummary['steps'][number],
  state: RunState,
  texts: ReadonlyMap<string, string>
): RehearsedStep {
  const last = lastAttemptOf(state, id);
  const text = texts.get(id);
  return {
    id,
    title,
    status,
    at: last?.endedAt ?? null,
    durationMs: last?.durationMs ?? null,
    content: text === undefined ? (last?.sourceHash ?? null) : contentHashOf(text, true)
  };
}

/** The texts that ran last, of the cells whose hash alone does not tell. Secrets are masked in them, values are taken out anyway. */
function textsOf(
  records: readonly JournalRecord[],
  parameterCells: ReadonlySet<string>
): ReadonlyMap<string, string> {
  return new Map(
    records.flatMap(record =>
      record.kind === 'attempt-started' && parameterCells.has(record.step)
        ? [[record.step, record.source] as const]
        : []
    )
  );
}
