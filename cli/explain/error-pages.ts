// The pages of docs/errors, which come along with the product: one file for each word before the dot, one section for each code.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What there is to know about one code. */
export interface ErrorPage {
  /** Stable dotted word, for example `shell.failed`. */
  readonly code: string;
  /** Name of the file in docs/errors. */
  readonly file: string;
  readonly what: string;
  readonly why: string;
  readonly todo: string;
}

/** The pages of the files in `folder`, in the order of their codes. */
export function errorPages(folder: string): readonly ErrorPage[] {
  return readdirSync(folder)
    .filter(file => file.endsWith('.md') && file !== 'README.md')
    .sort()
    .flatMap(file => pagesIn(file, readFileSync(join(folder, file), 'utf8')));
}

function pagesIn(file: string, text: string): ErrorPage[] {
  const [, ...sections] = text.split(/^## /m);
  return sections.map(section => {
    const [code = '', what = '', why = '', todo = ''] = section.trim().split(/\n\n/);
    return {
      code,
      file,
      what,
      why: why.replace('**Why:** ', ''),
      todo: todo.replace('**What to do:** ', '')
    };
  });
}
