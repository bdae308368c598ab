// A summary for a terminal.
import { formatStatus } from '../../../contract/format.js';
import type { RunSummary } from '../summarize-run.js';
import { HEALTH_GLYPHS, STATUS_GLYPHS } from './glyphs.js';
import { factsOf, headingOf, progressOf } from './sentences.js';

export function asText(summary: RunSummary): string {
  const { health, phases } = summary;
  const labels = factsOf(summary);
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
        `  ${STATUS_GLYPHS[phase.status]} ${phase.title.padEnd(width)}  ${formatStatus(phase.status).padEnd(12)} ${progressOf(phase)}`
    )
  ].join('\n');
}
