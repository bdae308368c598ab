// The links of the pages: where they lead in the repository, and where in the site. A link to a file or a heading that is not there is a
// fault; addresses of other places are read, never asked.
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { root } from '../set-up/places.mjs';

/** Folders that a link may name; in the site a page lists what is in them. */
const FOLDERS = {
  'docs/decisions': 'decisions/index.md',
  'docs/helpers': 'helpers/index.md',
  'docs/errors': 'errors/index.md',
  'docs/errors/README.md': 'errors/index.md'
};

const LINK = /(`[^`\n]*`)|(!?)\[((?:[^\]`]|`[^`]*`)*)\]\(([^)\s]+)\)/g;

/**
 * The text with each link of its prose turned to the site; code is left as it is. `page`: its `path` in the repository, its `place` in the
 * site, the `places` of all pages, and a list of `faults` that is added to.
 */
export function withLinks(text, page) {
  return proseOf(text)
    .map((part, index) =>
      index % 2 === 1
        ? part
        : part.replace(LINK, (whole, code, picture, words, target) => {
            const to = code === undefined ? placeOf(target, page) : whole;
            return code !== undefined || to === target
              ? whole
              : to === null
                ? words
                : `${picture}[${words}](${to})`;
          })
    )
    .join('');
}

/** Prose and fenced code by turns. */
function proseOf(text) {
  return text.split(/(^ *```[\s\S]*?^ *```$)/m);
}

/** Where a link leads in the site; null for what is in the repository alone. */
function placeOf(target, { path, place, places, faults }) {
  if (/^\w+:/.test(target)) {
    if (/^https?:/.test(target) && !URL.canParse(target)) {
      faults.push(`${path}: ${target} is no address`);
    }
    return target;
  }
  const [file = '', anchor] = target.split('#');
  const wanted = file === '' ? path : posix.join(posix.dirname(path), file).replace(/\/$/, '');
  if (!existsSync(join(root, wanted))) {
    faults.push(`${path}: ${target} does not exist`);
    return null;
  }
  if (anchor !== undefined && wanted.endsWith('.md') && !anchorsIn(wanted).includes(anchor)) {
    faults.push(`${path}: ${target} has no such heading`);
  }
  const found = file === '' ? place : (places.get(wanted) ?? FOLDERS[wanted] ?? errorsOf(wanted));
  if (found === undefined) {
    return null;
  }
  const way = file === '' ? '' : posix.relative(posix.dirname(place), found);
  return `${way}${anchor === undefined ? '' : `#${anchor}`}`;
}

/** The site has a page for each code, and one list of all. */
function errorsOf(path) {
  return path.startsWith('docs/errors/') ? 'errors/index.md' : undefined;
}

/** The headings of a page as GitHub makes anchors of them. */
function anchorsIn(path) {
  const text = readFileSync(join(root, path), 'utf8');
  return proseOf(text)
    .filter((_, index) => index % 2 === 0)
    .flatMap(part => [...part.matchAll(/^#+ +(.+)$/gm)])
    .map(([, heading]) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-')
    );
}
