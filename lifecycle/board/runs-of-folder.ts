// Every run in a folder: notebooks that have the journal of a run beside them.
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';

/** Their notebooks, absolute, the last names first. Folders of packages and those with a dot before their name hold no runs. */
export function runsOfFolder(folder: string): string[] {
  return globSync('**/*.journal.jsonl', { cwd: folder, exclude: name => SKIPPED.test(name) })
    .map(journal => join(folder, journal.replace(/\.journal\.jsonl$/, '.ipynb')))
    .filter(notebook => existsSync(notebook))
    .sort()
    .reverse();
}

const SKIPPED = /(?:^|[\\/])(?:node_modules$|\.[^./\\])/;
