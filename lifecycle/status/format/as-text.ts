// A summary for a terminal.
import { statusWords } from '../../../contract/state/status-words.js';
import { visibleLine } from '../../../contract/base/escape.js';
import type { RunSummary } from '../summarize-run.js';
import { HEALTH_GLYPHS } from './glyphs.js';
import { ACTS_HEADING, factsOf, headingOf, progressOf, toldActs } from './sentences.js';

export function asText(summary: RunSummary): string {
  const { health, phases } = summary;
  const labels = factsOf(summary);
  const acts = toldActs(summary);
  const labelWidth = Math.max(6, ...labels.map(({ label }) => label.length));
  const width = Math.max(0, ...phases.map(({ title }) => title.length));
  return [
    headingOf(summary),
    `${HEALTH_GLYPHS[health.color]} ${health.color}: ${health.reason}`,
    '',
    ...labels.map(({ label, text }) => `  ${label.padEnd(labelWidth)} ${text}`),
    '',
    ...phases.map(
      phase =>
        `  ${statusWords(phase.status).glyph} ${phase.title.padEnd(width)}  ${statusWords(phase.status).word.padEnd(12)} ${progressOf(phase)}`
    ),
    ...(acts.length > 0 ? ['', ACTS_HEADING] : []),
    ...acts.map(({ when, text }) => `  ${when}  ${text}`)
  ]
    .map(visibleLine)
    .join('\n');
}
