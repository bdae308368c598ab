// A summary as Markdown, for a pull request, a ticket or a wiki. Titles come from notebooks, so they are escaped.
import { statusWords } from '../../../contract/state/status-words.js';
import { markdownText } from '../../../contract/base/escape.js';
import type { RunSummary } from '../summarize-run.js';
import { HEALTH_GLYPHS } from './glyphs.js';
import { ACTS_HEADING, factsOf, headingOf, progressOf, toldActs } from './sentences.js';

export function asMarkdown(summary: RunSummary): string {
  const { health, phases } = summary;
  const acts = toldActs(summary);
  return [
    `## ${markdownText(headingOf(summary))}`,
    '',
    `**${HEALTH_GLYPHS[health.color]} ${health.color}**: ${markdownText(health.reason)}`,
    '',
    ...factsOf(summary).map(({ label, text }) => `- **${label}** ${markdownText(text)}`),
    '',
    '| | Phase | Status | Progress |',
    '|---|---|---|---|',
    ...phases.map(
      phase =>
        `| ${statusWords(phase.status).glyph} | ${markdownText(phase.title)} | ${statusWords(phase.status).word} | ${markdownText(progressOf(phase))} |`
    ),
    ...(acts.length > 0 ? ['', `**${ACTS_HEADING}**`, ''] : []),
    ...acts.map(({ when, text }) => `- ${when}: ${markdownText(text)}`)
  ].join('\n');
}
