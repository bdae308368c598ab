// A summary as Markdown, for a pull request, a ticket or a wiki. Titles come from notebooks, so they are escaped.
import type { RunSummary } from '../summarize-run.js';
import { HEALTH_GLYPHS, STATUS_GLYPHS } from './glyphs.js';
import { factsOf, headingOf, progressOf } from './sentences.js';

export function asMarkdown(summary: RunSummary): string {
  const { health, phases } = summary;
  return [
    `## ${escape(headingOf(summary))}`,
    '',
    `**${HEALTH_GLYPHS[health.color]} ${health.color}**: ${escape(health.reason)}`,
    '',
    ...factsOf(summary).map(({ label, text }) => `- **${label}** ${escape(text)}`),
    '',
    '| | Phase | Status | Progress |',
    '|---|---|---|---|',
    ...phases.map(
      phase =>
        `| ${STATUS_GLYPHS[phase.status]} | ${escape(phase.title)} | ${phase.status} | ${escape(progressOf(phase))} |`
    )
  ].join('\n');
}

/** Text that no Markdown reader takes for markup. */
function escape(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|~!]/g, '\\$&');
}
