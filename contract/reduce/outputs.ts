// The rules of what cells have shown. The state counts outputs and does not hold them: readers ask the journal for those they miss.
import { updateStep, type RulesOf } from './draft.js';

/** Outputs of attempts, and a torn line that was set aside. */
export const OUTPUT_RULES: RulesOf<'output' | 'torn-line'> = {
  output: (draft, record) => {
    const step = draft.steps[record.step];
    if (step) {
      updateStep(draft, record.step, step.status, attempts =>
        attempts.map(attempt =>
          attempt.attempt === record.attempt ? { ...attempt, outputs: record.upTo } : attempt
        )
      );
    }
  },
  'torn-line': (draft, record) => {
    const { file, bytes, line } = record;
    draft.tornLines = [...draft.tornLines, { file, bytes, line, at: record.at }];
  }
};
