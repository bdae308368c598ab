// A summary as Markdown, for a pull request, a ticket or a wiki. Titles come from notebooks, so they are escaped.
import { formatStatus } from '../../../contract/format.js';
import { escapeMarkdown } from '../../text/markdown.js';
import type { RunSummary } from '../summarize-run.js';
import { HEALTH_GLYPHS, STATUS_GLYPHS } from './glyphs.js';
import { factsOf, headingOf, progressOf } from './sentences.js';

export function asMarkdown(summary: RunSummary): string {
  const { health, phases } = summary;
  return [
    `## ${escapeMarkdown(headingOf(summary))}`,
    '',
    `**${HEALTH_GLYPHS[health.color]} ${health.color}**: ${escapeMarkdown(health.reason)}`,
    '',
    ...factsOf(summary).map(({ label, text }) => `- **${label}** ${escapeMarkdown(text)}`),
    '',
    '| | Phase | Status | Progress |',
    '|---|---|---|---|',
    ...phases.map(
      phase =>
        `| ${STATUS_GLYPHS[phase.status]} | ${escapeMarkdown(phase.title)} | ${formatStatus(phase.status)} | ${escapeMarkdown(progressOf(phase))} |`
    )
  ].join('\n');
}
