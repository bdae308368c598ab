// A summary as a Slack message (mrkdwn). https://docs.slack.dev/messaging/formatting-message-text
import { statusWords } from '../../../contract/state/status-words.js';
import { slackText, visibleLine } from '../../../contract/base/escape.js';
import { formatCount } from '../../../contract/base/format.js';
import type { RunSummary } from '../summarize-run.js';
import type { HealthColor } from '../health.js';
import { ACTS_HEADING, factsOf, headingOf, toldActs, type ToldAct } from './sentences.js';

/** The emoji of a colour. */
export const CIRCLES: { readonly [color in HealthColor]: string } = {
  red: ':red_circle:',
  amber: ':large_yellow_circle:',
  green: ':large_green_circle:'
};

export function asSlack(summary: RunSummary): string {
  const { health, phases } = summary;
  return [
    `${CIRCLES[health.color]} *${line(headingOf(summary))}*: ${line(health.reason)}`,
    ...factsOf(summary).map(({ label, text }) => `*${label}* ${line(text)}`),
    phases.map(phase => `${statusWords(phase.status).glyph} ${line(phase.title)}`).join('  '),
    ...actLines(toldActs(summary))
  ].join('\n');
}

/** Slack cuts a message at 40,000 characters, and folds one that is long. */
const MOST_CHARACTERS = 8000;

/** The acts, as many as a message holds: what was planned is left out first, the oldest before the newer. */
function actLines(acts: readonly ToldAct[]): string[] {
  const lines = acts.map(({ when, text, isDeviation }) => ({
    line: `• ${when} ${line(text)}`,
    isDeviation
  }));
  const byWeight = [
    ...lines.filter(({ isDeviation }) => isDeviation),
    ...lines.filter(act => !act.isDeviation)
  ];
  const kept = new Set<(typeof lines)[number]>();
  let left = MOST_CHARACTERS;
  for (const act of byWeight) {
    left -= act.line.length;
    if (left < 0) {
      break;
    }
    kept.add(act);
  }
  const hidden = lines.length - kept.size;
  return [
    ...(lines.length > 0 ? [`*${ACTS_HEADING}*`] : []),
    ...lines.filter(act => kept.has(act)).map(({ line }) => line),
    ...(hidden > 0 ? [`and ${formatCount(hidden, 'more act')} in \`launchbook report\``] : [])
  ];
}

function line(text: string): string {
  return slackText(visibleLine(text));
}
