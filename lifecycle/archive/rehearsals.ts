// What the archive says of the policy: which rehearsals the phases rest on, and what was released against it. From the journal alone.
import { formatDuration, formatUtc } from '../../contract/format.js';
import type { Outline } from '../../contract/outline.js';
import { describePerson } from '../../contract/person.js';
import { brokenGlassesOf } from '../../contract/rehearsal/admission.js';
import type { RunState } from '../../contract/state.js';
import { escapeMarkdown } from '../text/markdown.js';

/** One row a phase that a rehearsal has let in, in the order of the phases; the cells are Markdown. */
export function rehearsalRows(state: RunState, outline: Outline): string[][] {
  return outline.phases.flatMap(({ id, title }) => {
    const receipt = state.admissions[id]?.receipt;
    return receipt
      ? [
          [
            title,
            receipt.environment,
            formatUtc(receipt.at),
            formatDuration(receipt.durationMs),
            receipt.run,
            receipt.journal.hash.slice(0, 12)
          ].map(escapeMarkdown)
        ]
      : [];
  });
}

/** One line each release against the policy, oldest first, in Markdown. */
export function brokenGlassLines(state: RunState): string[] {
  return brokenGlassesOf(state).map(
    ({ name, by, at, reason }) =>
      `**AGAINST THE POLICY: “${escapeMarkdown(name)}” was released by ${escapeMarkdown(describePerson(by))} at ${formatUtc(at)}:** ${escapeMarkdown(reason)}`
  );
}
