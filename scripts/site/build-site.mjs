// The documentation as a site: the Markdown that GitHub renders, the examples, and pages that are made from the product itself, built by
// Sphinx with what PyPI has alone.
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildProduct } from '../set-up/build-product.mjs';
import { installNpmDependencies } from '../set-up/npm-dependencies.mjs';
import { root, stateFolder, venvProgram } from '../set-up/places.mjs';
import { checkPrerequisites } from '../set-up/prerequisites.mjs';
import { withProgress } from '../set-up/progress.mjs';
import { makePythonEnvironment } from '../set-up/python-environment.mjs';
import { runCommand } from '../set-up/run-command.mjs';
import { orExplain, SetUpFault } from '../set-up/set-up-fault.mjs';
import { gatherPages } from './gather-pages.mjs';

const folder = join(root, 'dist', 'site');
const environment = join(stateFolder, 'site');

/** The folder of the site's pages. */
export const html = join(folder, 'html');

/** Builds the site. Fails with every dead link and every warning. */
export async function buildSite() {
  await orExplain('site', async () => {
    const python = checkPrerequisites();
    await installNpmDependencies();
    await makePythonEnvironment(python, 'python-site-requirements', environment);
    await buildProduct();
    await makeSite();
    console.log(`dist/site/html: ${pagesIn(html).length} pages; open dist/site/html/index.html`);
  });
}

/** Gathers the pages and runs Sphinx, where everything that they need is installed and built. */
export async function makeSite() {
  rmSync(folder, { recursive: true, force: true });
  const source = join(folder, 'source');
  await gatherPages(source);
  await withProgress('Building the site', () =>
    runCommand(
      'site',
      venvProgram('sphinx-build', environment),
      ['-W', '--keep-going', '-q', '-b', 'html', '-c', join(root, 'docs'), source, html],
      { hint: 'Each warning above is a fault of a page, of a link or of a heading that a link names.' }
    )
  );
  refuseForeign();
}

/** Pages that fetch nothing: a site behind a wall works, and nobody is told who reads it. */
function refuseForeign() {
  const foreign = pagesIn(html).flatMap(name => {
    const text = readFileSync(join(html, name), 'utf8');
    return [
      ...text.matchAll(
        /<(?:script|img|iframe)[^>]+src="(https?:[^"]+)"|<link[^>]+href="(https?:[^"]+)"[^>]*>/g
      )
    ]
      .filter(([tag]) => !/rel="(canonical|search|index)"/.test(tag))
      .map(([, script, link]) => `${name}: ${script ?? link}`);
  });
  if (foreign.length > 0) {
    throw new SetUpFault('The site fetches from other places.', foreign.slice(0, 10).join('\n'));
  }
}

function pagesIn(place) {
  return readdirSync(place, { recursive: true }).filter(name => name.endsWith('.html'));
}
