// The visible side of a watch: one output, however often it looks, with what the last look has shown.
import { formatCount } from '../../contract/base/format.js';
import { htmlText, markdownText, visibleLine } from '../../contract/base/escape.js';
import { ports } from '../context.js';
import { CheckOutput } from '../poll/check-output.js';

let watches = 0;

/** Shown from the first look on that shows something. */
export class WatchOutput {
  readonly #label: string;
  readonly #displayId = `launchbook-watch-${++watches}`;
  #isShown = false;

  constructor(label: string) {
    this.#label = label;
  }

  /** Has `look` show in a place of its own, and shows that when it has ended. */
  async show<T>(looks: number, look: (output: CheckOutput) => Promise<T>): Promise<T> {
    const output = new CheckOutput();
    const found = await look(output);
    if (this.#isShown || output.lastLine !== '') {
      const line = visibleLine(`Watch of ${this.#label}: ${formatCount(looks, 'look')}`);
      const bundle = output.below({
        'text/html': `<div>${htmlText(line)}</div>`,
        'text/markdown': markdownText(line),
        'text/plain': line
      });
      if (this.#isShown) {
        ports().display.update(this.#displayId, bundle);
      } else {
        ports().display.show(bundle, { displayId: this.#displayId });
      }
      this.#isShown = true;
    }
    return found;
  }
}
