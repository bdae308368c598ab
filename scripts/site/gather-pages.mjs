// The source folder of the site: every page at its place there, with its links turned to where their targets are in the site. A link to
// something that does not exist is a fault; all faults are told at once.
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync
} from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { root } from '../set-up/places.mjs';
import { SetUpFault } from '../set-up/set-up-fault.mjs';
import { commandPages } from './command-pages.mjs';
import { errorIndex, errorPagesOfSite } from './error-pages.mjs';
import { extensionSettingsPage } from './extension-settings-page.mjs';
import { helperPages } from './helper-pages.mjs';
import { withLinks } from './links.mjs';
import { sectionPages } from './sections.mjs';
import { settingsPage } from './settings-page.mjs';

/** Pages outside of docs/, by their place in the site. */
const ELSEWHERE = {
  'CHANGELOG.md': 'project/changes.md',
  'CONTRIBUTING.md': 'project/contributing.md',
  'SECURITY.md': 'project/reporting-weaknesses.md',
  'RELEASE.md': 'project/releasing.md',
  'SUPPORT.md': 'project/support.md',
  'CODE_OF_CONDUCT.md': 'project/conduct.md',
  'README.md': 'project/readme.md',
  'examples/README.md': 'examples/index.md',
  'examples/fleet/README.md': 'examples/fleet.md',
  'tests/README.md': 'project/tests.md'
};

/** Fills `folder`, the source folder of Sphinx. */
export async function gatherPages(folder) {
  const places = placesOfSite();
  const faults = [];
  for (const [path, place] of places) {
    mkdirSync(dirname(join(folder, place)), { recursive: true });
    if (path.endsWith('.md')) {
      const text = readFileSync(join(root, path), 'utf8');
      writeFileSync(join(folder, place), withLinks(text, { path, place, places, faults }));
    } else if (path.endsWith('.ipynb')) {
      writeFileSync(join(folder, place), notebookWithLinks(path, { place, places, faults }));
    } else {
      cpSync(join(root, path), join(folder, place));
    }
  }
  appendFileSync(join(folder, 'examples/index.md'), treeOf('examples', places, ':hidden:'));
  const made = {
    'decisions/index.md': `# Decisions\n\nWhat was chosen, and what follows from it.\n${treeOf('decisions', places)}`,
    'helpers/index.md': `# Helpers\n\nWhat every cell can call, by subject.\n${treeOf('helpers', places)}`,
    'errors/index.md': await errorIndex(root),
    ...sectionPages(),
    ...(await errorPagesOfSite(root)),
    ...helperPages(root),
    ...commandPages(root),
    'reference/launchbook-yml.md': settingsPage(root),
    'reference/settings.md': extensionSettingsPage(root)
  };
  for (const [place, text] of Object.entries(made)) {
    mkdirSync(dirname(join(folder, place)), { recursive: true });
    writeFileSync(join(folder, place), text);
  }
  if (faults.length > 0) {
    throw new SetUpFault('The pages have dead links.', faults.join('\n'));
  }
}

/** Links of the pages that lead to nothing, as `page: link`. */
export function deadLinks() {
  const places = placesOfSite();
  const faults = [];
  for (const [path, place] of [...places, ...errorFiles()]) {
    if (path.endsWith('.md')) {
      withLinks(readFileSync(join(root, path), 'utf8'), { path, place, places, faults });
    } else if (path.endsWith('.ipynb')) {
      notebookWithLinks(path, { place, places, faults });
    }
  }
  return faults;
}

/** The sections of these become pages of their own. */
function errorFiles() {
  return filesUnder('docs/errors').map(path => [path, 'errors/index.md']);
}

/** Every file of the repository that is a page or a picture of the site, with its place there. */
export function placesOfSite() {
  const docs = filesUnder('docs')
    .filter(path => /\.(md|png|svg|json)$/.test(path) && !path.startsWith('docs/errors/'))
    .map(path => [path, posix.relative('docs', path)]);
  const notebooks = readdirSync(join(root, 'examples'))
    .filter(name => name.endsWith('.ipynb'))
    .map(name => [`examples/${name}`, `examples/${name}`]);
  return new Map([...docs, ...notebooks, ...Object.entries(ELSEWHERE)]);
}

function filesUnder(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => posix.join(posix.relative(root, entry.parentPath), entry.name))
    .sort();
}

function notebookWithLinks(path, page) {
  const notebook = JSON.parse(readFileSync(join(root, path), 'utf8'));
  const cells = notebook.cells.map(cell =>
    cell.cell_type === 'markdown'
      ? { ...cell, source: withLinks([cell.source].flat().join(''), { path, ...page }) }
      : cell
  );
  return JSON.stringify({ ...notebook, cells });
}

/** The way to every page that lies in a folder of the site. */
function treeOf(folder, places, option = ':maxdepth: 1') {
  const names = [...places.values()]
    .filter(place => posix.dirname(place) === folder && /\.(md|ipynb)$/.test(place))
    .map(place => posix.basename(place).replace(/\.\w+$/, ''))
    .filter(name => name !== 'index');
  return `\n\`\`\`{toctree}\n${option}\n\n${names.join('\n')}\n\`\`\`\n`;
}
