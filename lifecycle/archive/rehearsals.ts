// What the archive says of the policy: which rehearsals the phases rest on, and what was released against it. From the journal alone.
import { formatDuration, formatUtc } from '../../contract/format.js';
import type { Outline } from '../../contract/outline.js';
import { describePerson } from '../../contract/person.js';
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

/** One line each phase that was released against the policy, oldest first, in Markdown. */
export function releasedPhaseLines({ phasesReleased }: RunState): string[] {
  return phasesReleased.map(
    ({ name, by, at, reason }) =>
      `**RELEASED AGAINST THE POLICY:** ${escapeMarkdown(`“${name}” by ${describePerson(by)} at ${formatUtc(at)}: ${reason}`)}`
  );
}
