// The formats of a summary, by name.
import type { RunSummary } from '../summarize-run.js';
import { asHtml } from './as-html.js';
import { asMarkdown } from './as-markdown.js';
import { asSlack } from './as-slack.js';
import { asText } from './as-text.js';

/** Writes a summary. Every writer is pure and ends without a line feed. */
export const STATUS_FORMATS = {
  text: asText,
  md: asMarkdown,
  html: asHtml,
  json: (summary: RunSummary) => JSON.stringify(summary),
  slack: asSlack
} as const satisfies { readonly [name: string]: (summary: RunSummary) => string };

/** Name of a format. */
export type StatusFormat = keyof typeof STATUS_FORMATS;
