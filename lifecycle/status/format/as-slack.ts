// A summary as a Slack message (mrkdwn). https://docs.slack.dev/messaging/formatting-message-text
import type { RunSummary } from '../summarize-run.js';
import type { HealthColor } from '../health.js';
import { STATUS_GLYPHS } from './glyphs.js';
import { factsOf, headingOf } from './sentences.js';

const CIRCLES: { readonly [color in HealthColor]: string } = {
  red: ':red_circle:',
  amber: ':large_yellow_circle:',
  green: ':large_green_circle:'
};

export function asSlack(summary: RunSummary): string {
  const { health, phases } = summary;
  return [
    `${CIRCLES[health.color]} *${escape(headingOf(summary))}*: ${escape(health.reason)}`,
    ...factsOf(summary).map(({ label, text }) => `*${label}* ${escape(text)}`),
    phases.map(phase => `${STATUS_GLYPHS[phase.status]} ${escape(phase.title)}`).join('  ')
  ].join('\n');
}

/** The three characters that Slack reads as markup, and the ones that format. */
function escape(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[*_~`]/g, '\u200b$&');
}
