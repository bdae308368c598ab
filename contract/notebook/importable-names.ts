// Which files can be imported, by the ends of their names. The command reads some others too when it is told their format.

/** What the end of a name says about the form of a document. */
export const FORMAT_OF_ENDING = {
  '.md': 'markdown',
  '.markdown': 'markdown',
  '.mdx': 'markdown',
  '.txt': 'markdown',
  '.yml': 'issue-form',
  '.yaml': 'issue-form',
  '.ipynb': 'python-notebook',
  '.xml': 'confluence',
  '.storage': 'confluence',
  '.html': 'html',
  '.htm': 'html',
  '.xhtml': 'html',
  '.docx': 'docx'
} as const;

/** What is written beside an imported notebook. */
export const REPORT_ENDING = '.import.md';

/** True for a document by its name; a report of an import is none. */
export function isImportable(name: string): boolean {
  const ending = /\.\w+$/.exec(name)?.[0].toLowerCase() ?? '';
  return Object.hasOwn(FORMAT_OF_ENDING, ending) && !name.endsWith(REPORT_ENDING);
}

/** Where the report on an imported notebook stands. */
export function reportPathOf(notebook: string): string {
  return notebook.replace(/\.ipynb$/, REPORT_ENDING);
}
