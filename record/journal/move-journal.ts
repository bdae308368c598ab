// What belongs to a run stands beside its notebook and is named after it: it moves together.
import { existsSync } from 'node:fs';
import { readdir, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** What stands beside a run, by the end of its name. */
const COMPANION = /^\.(journal\.jsonl(\.torn-\d+|\.aside-\d+)?|approvals|outputs|archive\.json)$/;

/** Renames the journal `file` and what is named like it: torn lines, signed decisions, outputs, manifest. Who calls it holds the locks. */
export async function moveJournal(file: string, path: string): Promise<void> {
  const folder = dirname(file);
  const [before, after] = [file, path].map(each => basename(each).replace(/\.journal\.jsonl$/, ''));
  const names = (await readdir(folder)).filter(
    name => name.startsWith(`${before}.`) && COMPANION.test(name.slice(before!.length))
  );
  // The journal goes last: until then its old name is found again.
  const journalLast = names.sort((a, b) => Number(a === basename(file)) - Number(b === basename(file)));
  for (const name of journalLast) {
    const target = join(dirname(path), `${after}${name.slice(before!.length)}`);
    if (name === basename(file) || !existsSync(target)) {
      await rename(join(folder, name), target);
    }
  }
}
