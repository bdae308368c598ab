// The visible side of a wait: one line under the cell that follows the clock, and says at the end how it went.
import { formatCount, formatDuration, formatUtcNear } from '../../contract/base/format.js';
import type { MimeBundle } from '../../contract/base/json.js';
import { ports } from '../context.js';
import { htmlText, markdownText, visibleLine } from '../../contract/base/escape.js';
import { stopwatch } from '../stopwatch.js';
import { knownSecrets, maskText } from '../redact.js';
import { CheckOutput } from './check-output.js';

const REFRESH_MS = 1000;
const WIDTH = 20;
let bars = 0;

/** A line that shows elapsed time, next check and deadline; at the end with what the last check has shown. */
export class ProgressBar {
  readonly #label: string;
  readonly #limitMs: number;
  readonly #looks: boolean;
  readonly #elapsedMs = stopwatch();
  readonly #displayId = `launchbook-wait-${++bars}`;
  readonly #timer = setInterval(() => this.#refresh(), REFRESH_MS);
  /** Elapsed by then. */
  #nextMs: number | null = null;
  #checks = 0;
  #last = '';
  #output = new CheckOutput();

  /** @param looks - False: only time passes. */
  constructor(label: string, limitMs: number, looks = true) {
    this.#label = label;
    this.#looks = looks;
    this.#limitMs = limitMs;
    ports().display.show(this.#running(), { displayId: this.#displayId });
  }

  get elapsedMs(): number {
    return this.#elapsedMs();
  }

  get checks(): number {
    return this.#checks;
  }

  /** Gives the place where the check shows. */
  beginCheck(): CheckOutput {
    this.#checks++;
    this.#nextMs = null;
    this.#output = new CheckOutput();
    this.#refresh();
    return this.#output;
  }

  /** The next check comes after `waitMs`; `last` is what this one said. */
  endCheck(waitMs: number, last: string): void {
    this.#nextMs = this.elapsedMs + waitMs;
    const shown = this.#output.lastLine;
    this.#last = visibleLine(shown === '' ? last : `${last}: ${shown}`).slice(0, 200);
    this.#refresh();
  }

  /** The line stays as it is then. */
  end(isPassed: boolean, words: string): void {
    clearInterval(this.#timer);
    const checks = this.#looks ? [formatCount(this.#checks, 'check')] : [];
    const facts = [formatDuration(this.elapsedMs), ...checks].join(', ');
    const line = `${isPassed ? '☑' : '✗'} ${this.#label}: ${visibleLine(words)} (${facts})`;
    ports().display.update(this.#displayId, this.#output.below(bundleOf('', line)));
  }

  #refresh(): void {
    ports().display.update(this.#displayId, this.#running());
  }

  #running(): MimeBundle {
    const now = ports().now();
    const share = this.#limitMs === 0 ? 1 : Math.min(1, this.elapsedMs / this.#limitMs);
    const filled = Math.floor(share * WIDTH);
    const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
    const next =
      this.#nextMs === null
        ? `check ${this.#checks} runs`
        : `check ${this.#checks + 1} in ${formatDuration(Math.max(0, this.#nextMs - this.elapsedMs))}`;
    const parts = [
      `${this.#label}: ${formatDuration(this.elapsedMs)} of ${formatDuration(this.#limitMs)}`,
      ...(this.#looks ? [next] : []),
      `until ${formatUtcNear(isoOf(now + Math.max(0, this.#limitMs - this.elapsedMs)), isoOf(now))}`,
      ...(this.#last === '' ? [] : [`last: ${this.#last}`])
    ];
    return bundleOf(bar, parts.join(' · '));
  }
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}

function bundleOf(bar: string, text: string): MimeBundle {
  const line = maskText(text, knownSecrets());
  return {
    'text/html': `<div>${bar === '' ? '' : `<code>${bar}</code> `}${htmlText(line)}</div>`,
    'text/markdown': `${bar === '' ? '' : `\`${bar}\` `}${markdownText(line)}`,
    'text/plain': `${bar === '' ? '' : `${bar} `}${line}`
  };
}
