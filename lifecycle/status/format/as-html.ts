// A summary as an HTML fragment without style or script: for a mail, and as the body of the board.
import { formatStatus } from '../../../contract/format.js';
import { escapeHtml } from '../../../runbook/display/escape.js';
import type { RunSummary } from '../summarize-run.js';
import { HEALTH_GLYPHS, STATUS_GLYPHS } from './glyphs.js';
import { factsOf, headingOf, progressOf } from './sentences.js';

/** Classes name states alone, so that whoever embeds the fragment can colour it. */
export function asHtml(summary: RunSummary): string {
  const { health, phases } = summary;
  return [
    `<article class="run is-${health.color}">`,
    `<h2>${escapeHtml(headingOf(summary))}</h2>`,
    `<p class="health"><strong>${HEALTH_GLYPHS[health.color]} ${health.color}</strong> ${escapeHtml(health.reason)}</p>`,
    '<dl>',
    ...factsOf(summary).map(({ label, text }) => `<dt>${label}</dt><dd>${escapeHtml(text)}</dd>`),
    '</dl>',
    '<table>',
    '<thead><tr><th scope="col">Phase</th><th scope="col">Status</th><th scope="col">Progress</th></tr></thead>',
    '<tbody>',
    ...phases.map(
      phase =>
        `<tr class="is-${phase.status}"><th scope="row">${escapeHtml(phase.title)}</th><td>${STATUS_GLYPHS[phase.status]} ${formatStatus(phase.status)}</td><td>${escapeHtml(progressOf(phase))}</td></tr>`
    ),
    '</tbody>',
    '</table>',
    '</article>'
  ].join('\n');
}
