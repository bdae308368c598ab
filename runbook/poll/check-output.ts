// What one check of a wait has shown. A wait is one output, however often it looks: the last check's stands in it at the end.
import { htmlText, markdownText } from '../../contract/base/escape.js';
import type { MimeBundle } from '../../contract/base/json.js';
import { BoundedText } from '../shell/bounded-text.js';
import type { DisplayPort } from '../ports.js';

/** Characters kept of what a check prints between two displays. */
const MOST_TEXT = 4000;

type Part = { readonly text: BoundedText } | { readonly displayId: string | undefined; bundle: MimeBundle };

/** Collects it, in its order. */
export class CheckOutput implements DisplayPort {
  readonly #parts: Part[] = [];

  write(_name: 'stdout' | 'stderr', text: string): void {
    const last = this.#parts.at(-1);
    const part = last && 'text' in last ? last : { text: new BoundedText(MOST_TEXT) };
    part.text.push(text);
    if (part !== last) {
      this.#parts.push(part);
    }
  }

  show(bundle: MimeBundle, options: { readonly displayId?: string } = {}): void {
    this.#parts.push({ displayId: options.displayId, bundle });
  }

  update(displayId: string, bundle: MimeBundle): void {
    for (const part of this.#parts) {
      if ('bundle' in part && part.displayId === displayId) {
        part.bundle = bundle;
      }
    }
  }

  /** The last line that was shown; empty when nothing was. */
  get lastLine(): string {
    const texts = this.#parts.map(part => plainOf(bundleOf(part)));
    return texts.join('\n').trimEnd().split('\n').at(-1) ?? '';
  }

  /** `line`, and what was shown below it. Pictures stand as their text. */
  below(line: MimeBundle): MimeBundle {
    const all = [line, ...this.#parts.map(bundleOf)];
    return {
      'text/html': all.map(htmlOf).join(''),
      'text/markdown': all.map(markdownOf).join('\n\n'),
      'text/plain': all.map(plainOf).join('\n')
    };
  }
}

function bundleOf(part: Part): MimeBundle {
  return 'bundle' in part ? part.bundle : { 'text/plain': part.text.toString().trimEnd() };
}

function plainOf(bundle: MimeBundle): string {
  return String(bundle['text/plain'] ?? '');
}

function htmlOf(bundle: MimeBundle): string {
  const html = bundle['text/html'];
  return typeof html === 'string' ? html : `<pre>${htmlText(plainOf(bundle))}</pre>`;
}

function markdownOf(bundle: MimeBundle): string {
  const markdown = bundle['text/markdown'];
  return typeof markdown === 'string' ? markdown : plainOf(bundle).split('\n').map(markdownText).join('  \n');
}
