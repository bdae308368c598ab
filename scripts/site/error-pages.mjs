// A page for each code, from the sections of docs/errors, with the places in the source that give it; and their list.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { errorCodes } from './error-codes.mjs';

/** The pages by their place in the site: `errors/shell.failed.md`. */
export async function errorPagesOfSite(root) {
  const places = errorCodes(root);
  const pages = await pagesOf(root);
  return Object.fromEntries(
    pages.map(page => [`errors/${page.code}.md`, textOf(page, places.get(page.code) ?? [])])
  );
}

function textOf({ code, what, why, todo }, places) {
  const files = [...new Set(places.map(place => place.replace(/:\d+$/, '')))].map(file => `\`${file}\``);
  return `# ${code}

${what}

**Why:** ${why}

**What to do:** ${todo}

In a terminal: \`launchbook explain ${code}\`. In the source: ${files.join(', ')}.
`;
}

/** The list of all codes, each with what happened. */
export async function errorIndex(root) {
  const pages = await pagesOf(root);
  const rows = pages.map(({ code, what }) => `| [${code}](${code}.md) | ${what.replaceAll('|', '\\|')} |`);
  return `# Errors

An error of Launchbook ends with its code: \`More: launchbook explain hold.locked\`. A code is stable; the text may change.

| Code | What happened |
| --- | --- |
${rows.join('\n')}

\`\`\`{toctree}
:hidden:
:glob:

*.*
\`\`\`
`;
}

async function pagesOf(root) {
  const { errorPages } = await import(pathToFileURL(join(root, 'lib', 'cli', 'explain', 'error-pages.js')));
  return errorPages(join(root, 'docs', 'errors'));
}
