// A summary as an HTML fragment without style or script: for a mail, and as the body of the board.
import { statusWords } from '../../../contract/state/status-words.js';
import { htmlText } from '../../../contract/base/escape.js';
import type { RunSummary } from '../summarize-run.js';
import { HEALTH_GLYPHS } from './glyphs.js';
import { ACTS_HEADING, factsOf, headingOf, progressOf, toldActs } from './sentences.js';

/** Classes name states alone, so that whoever embeds the fragment can colour it. */
export function asHtml(summary: RunSummary): string {
  const { health, phases } = summary;
  const acts = toldActs(summary);
  return [
    `<article class="run is-${health.color}">`,
    `<h2>${htmlText(headingOf(summary))}</h2>`,
    `<p class="health"><strong>${HEALTH_GLYPHS[health.color]} ${health.color}</strong> ${htmlText(health.reason)}</p>`,
    '<dl>',
    ...factsOf(summary).map(({ label, text }) => `<dt>${label}</dt><dd>${htmlText(text)}</dd>`),
    '</dl>',
    '<table>',
    '<thead><tr><th scope="col">Phase</th><th scope="col">Status</th><th scope="col">Progress</th></tr></thead>',
    '<tbody>',
    ...phases.map(
      phase =>
        `<tr class="is-${phase.status}"><th scope="row">${htmlText(phase.title)}</th><td>${statusWords(phase.status).glyph} ${statusWords(phase.status).word}</td><td>${htmlText(progressOf(phase))}</td></tr>`
    ),
    '</tbody>',
    '</table>',
    ...(acts.length > 0
      ? [`<h3>${ACTS_HEADING}</h3>`, `<ul class="acts" tabindex="0" aria-label="${ACTS_HEADING}">`]
      : []),
    ...acts.map(
      ({ when, text, isDeviation }) =>
        `<li${isDeviation ? ' class="is-deviation"' : ''}><time>${htmlText(when)}</time> <span>${htmlText(text)}</span></li>`
    ),
    ...(acts.length > 0 ? ['</ul>'] : []),
    '</article>'
  ].join('\n');
}
