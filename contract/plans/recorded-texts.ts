// The texts that ran, for people to compare with what the cells say now: of the journal, so secrets in them are masked.
import type { JournalRecord } from '../journal/journal.js';
import type { PlannedStep, ResumePlan } from './resume-plan.js';

/** The plan with the recorded text beside every changed one. Reads the journal only when there is any. */
export async function withRecordedTexts(
  plan: ResumePlan,
  records: () => AsyncIterable<JournalRecord> | Iterable<JournalRecord>
): Promise<ResumePlan> {
  const changed = new Map(plan.steps.filter(isChanged).map(({ step, attempt }) => [step, attempt]));
  if (changed.size === 0) {
    return plan;
  }
  const texts = new Map<string, string>();
  for await (const record of records()) {
    if (record.kind === 'attempt-started' && changed.get(record.step) === record.attempt) {
      texts.set(record.step, record.source);
    }
  }
  return { ...plan, steps: plan.steps.map(step => withText(step, texts.get(step.step))) };
}

function isChanged({ asks }: PlannedStep): boolean {
  return asks.some(({ kind }) => kind === 'changed');
}

function withText(step: PlannedStep, recorded: string | undefined): PlannedStep {
  return recorded === undefined
    ? step
    : { ...step, asks: step.asks.map(ask => (ask.kind === 'changed' ? { ...ask, recorded } : ask)) };
}
