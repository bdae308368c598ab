// The blocks of code that the documentation shows, and the commands in its lines. A block that no test can run says why, in a comment
// before it: <!-- not run: it opens JupyterLab -->
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../root.js';

/** A block of code on a page. */
export interface Fence {
  /** Path of the page in the repository. */
  readonly page: string;
  /** Its place among the blocks of the page, 1-based. */
  readonly number: number;
  /** Empty for a drawing or an output. */
  readonly language: string;
  readonly text: string;
  /** Why no test runs it; null when one does. */
  readonly notRun: string | null;
}

/** A page with its blocks, and its lines outside of them. */
export interface Page {
  readonly path: string;
  readonly fences: readonly Fence[];
  readonly prose: string;
}

const FENCE = /(?:<!-- not run: ([^\n]*?) -->\n+)?^( *)```([^\n`]*)\n(.*?)^\2```$/gms;

/** README, guides and every other page. Decisions tell what was, the pages of errors have no blocks, and what is imported is no page. */
export const PAGES: readonly Page[] = execFileSync('git', ['ls-files', '*.md'], {
  cwd: root,
  encoding: 'utf8'
})
  .split('\n')
  .filter(
    path =>
      /^(README|CONTRIBUTING)\.md$|^(docs|examples)\/.*\.md$/.test(path) &&
      !/^docs\/(decisions|errors)\/|^examples\/imported\//.test(path)
  )
  .map(pageOf);

/** The blocks of all pages in these languages. */
export function fencesIn(...languages: readonly string[]): readonly Fence[] {
  return PAGES.flatMap(({ fences }) => fences).filter(({ language }) => languages.includes(language));
}

function pageOf(path: string): Page {
  const text = readFileSync(join(root, path), 'utf8');
  const fences = [...text.matchAll(FENCE)].map(([, notRun, , language, content], index): Fence => ({
    page: path,
    number: index + 1,
    language: language!.trim(),
    text: content!,
    notRun: notRun ?? null
  }));
  return { path, fences, prose: text.replace(FENCE, '') };
}
