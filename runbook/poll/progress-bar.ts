// The visible side of a wait: one line under the cell that follows the clock, and says at the end how it went.
import { formatCount, formatDuration, formatUtcClock } from '../../contract/format.js';
import type { MimeBundle } from '../../contract/json.js';
import { ports } from '../context.js';
import { escapeHtml, escapeMarkdown, onOneLine } from '../display/escape.js';
import { knownSecrets, maskText } from '../redact.js';

const REFRESH_MS = 1000;
const WIDTH = 20;
let bars = 0;

/** A line that shows elapsed time, next check and deadline. */
export class ProgressBar {
  readonly #label: string;
  readonly #limitMs: number;
  readonly #startedAt = ports().now();
  readonly #displayId = `launchbook-wait-${++bars}`;
  readonly #timer = setInterval(() => this.#refresh(), REFRESH_MS);
  #nextAt: number | null = null;
  #checks = 0;
  #last = '';

  constructor(label: string, limitMs: number) {
    this.#label = label;
    this.#limitMs = limitMs;
    ports().display.show(this.#running(), { displayId: this.#displayId });
  }

  get elapsedMs(): number {
    return ports().now() - this.#startedAt;
  }

  get checks(): number {
    return this.#checks;
  }

  beginCheck(): void {
    this.#checks++;
    this.#nextAt = null;
    this.#refresh();
  }

  /** The next check comes after `waitMs`; `last` is what this one said. */
  endCheck(waitMs: number, last: string): void {
    this.#nextAt = ports().now() + waitMs;
    this.#last = onOneLine(last).slice(0, 200);
    this.#refresh();
  }

  /** The line stays as it is then. */
  end(isPassed: boolean, words: string): void {
    clearInterval(this.#timer);
    const facts = `${formatDuration(this.elapsedMs)}, ${formatCount(this.#checks, 'check')}`;
    const line = `${isPassed ? '☑' : '✗'} ${this.#label}: ${onOneLine(words)} (${facts})`;
    ports().display.update(this.#displayId, bundleOf('', line));
  }

  #refresh(): void {
    ports().display.update(this.#displayId, this.#running());
  }

  #running(): MimeBundle {
    const share = this.#limitMs === 0 ? 1 : Math.min(1, this.elapsedMs / this.#limitMs);
    const filled = Math.floor(share * WIDTH);
    const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
    const next =
      this.#nextAt === null
        ? `check ${this.#checks} runs`
        : `check ${this.#checks + 1} in ${formatDuration(Math.max(0, this.#nextAt - ports().now()))}`;
    const parts = [
      `${this.#label}: ${formatDuration(this.elapsedMs)} of ${formatDuration(this.#limitMs)}`,
      next,
      `until ${formatUtcClock(new Date(this.#startedAt + this.#limitMs).toISOString())} UTC`,
      ...(this.#last === '' ? [] : [`last: ${this.#last}`])
    ];
    return bundleOf(bar, parts.join(' · '));
  }
}

function bundleOf(bar: string, text: string): MimeBundle {
  const line = maskText(text, knownSecrets());
  return {
    'text/html': `<div>${bar === '' ? '' : `<code>${bar}</code> `}${escapeHtml(line)}</div>`,
    'text/markdown': `${bar === '' ? '' : `\`${bar}\` `}${escapeMarkdown(line)}`,
    'text/plain': `${bar === '' ? '' : `${bar} `}${line}`
  };
}
