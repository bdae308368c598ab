// What one item of a scatter shows: under its name, so that items that work at the same time can be told apart.
import { htmlText, markdownText } from '../../contract/base/escape.js';
import type { MimeBundle } from '../../contract/base/json.js';
import type { DisplayPort } from '../ports.js';
import { prefixLines } from '../text/prefix-lines.js';

/** Longer names are not waited for to align the lines. */
const MOST_WIDTH = 24;

/** The display of one item. */
export interface LaneDisplay extends DisplayPort {
  /** Shows a last line that had no end. */
  end(): void;
}

/** Shows in `outer`, each line behind `name`. `names` are those of all items, so that the lines stand below each other. */
export function laneDisplay(name: string, names: readonly string[], outer: DisplayPort): LaneDisplay {
  const width = Math.min(MOST_WIDTH, Math.max(...names.map(other => other.length)));
  const lines = prefixLines(`${name.padEnd(width)} | `, (stream, text) => outer.write(stream, text));
  return {
    write: (stream, text) => lines.show(stream, text),
    show(bundle, options) {
      lines.end();
      outer.show(named(bundle, name), options);
    },
    update: (displayId, bundle) => outer.update(displayId, named(bundle, name)),
    end: () => lines.end()
  };
}

/** The same with the name in every format that is text. */
function named(bundle: MimeBundle, name: string): MimeBundle {
  return Object.fromEntries(
    Object.entries(bundle).map(([type, content]) => [
      type,
      typeof content === 'string' ? (NAMED[type]?.(content, name) ?? content) : content
    ])
  );
}

const NAMED: { readonly [type: string]: ((content: string, name: string) => string) | undefined } = {
  'text/plain': (text, name) => text.replace(/^/gm, `${name} | `),
  'text/html': (html, name) =>
    /^<div>.*<\/div>$/.test(html) && !html.slice(5).includes('<div>')
      ? html.replace('<div>', () => `<div><b>${htmlText(name)}</b> | `)
      : `<div><b>${htmlText(name)}</b></div>${html}`,
  'text/markdown': (text, name) => `**${markdownText(name)}**${text.includes('\n') ? '\n\n' : ' — '}${text}`
};
