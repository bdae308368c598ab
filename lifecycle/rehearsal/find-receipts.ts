// The receipts of a run: what the journals of its rehearsals say, from the folders beside it and from the tags of archives.
// A journal is read again only when it has changed, because a page asks for this while a person types.
import { dirname, resolve } from 'node:path';
import type { OutlineCell } from '../../contract/notebook/outline.js';
import type { Receipt } from '../../contract/rehearsal/receipt.js';
import { parameterCellsIn } from './current-content.js';
import { isRehearsal, journalsOnDisk, type JournalSource, type RehearsalSearch } from './journals-on-disk.js';
import { journalsInTags } from './journals-in-tags.js';
import { readReceipts, type ReadReceipts } from './read-receipts.js';

/** What was found. */
export interface FoundReceipts {
  readonly receipts: readonly { readonly phase: string; readonly receipt: Receipt }[];
  /** Journals that do not count, with the reason: `2.4.0-staging/release.journal.jsonl: line 4 does not carry …`. */
  readonly unreadable: readonly string[];
}

/** At most this many runs are read, the newest first. */
const MOST_RUNS = 50;

/**
 * Finds the receipts of the rehearsals of `search.run`, whose notebook is at `path`. What cannot be read gives none.
 *
 * @param cells - The cells of its notebook, of which the tag `parameters` counts.
 * @example
 * (await findReceipts(path, { run, environments: ['staging'] }, cells)).receipts[0]?.receipt.run // '2.4.0-staging-3f9c21'
 */
export async function findReceipts(
  path: string,
  search: RehearsalSearch,
  cells: readonly OutlineCell[]
): Promise<FoundReceipts> {
  const parameterCells = parameterCellsIn(cells);
  const sources = [
    ...(await journalsOnDisk(path, search)),
    ...(await journalsInTags(dirname(resolve(path)), search.environments))
  ].slice(0, MOST_RUNS);
  const receipts: FoundReceipts['receipts'][number][] = [];
  const unreadable: string[] = [];
  for (const source of sources) {
    const read = await readOnce(source, parameterCells);
    if ('fault' in read) {
      unreadable.push(`${source.place}: ${read.fault}`);
    } else {
      receipts.push(...read.receipts.filter(({ receipt }) => isOf(receipt, read, search)));
    }
  }
  return { receipts, unreadable };
}

/** A tag says nothing of the runbook and the mode before it is read. */
function isOf(receipt: Receipt, { runbook }: { readonly runbook: string }, search: RehearsalSearch): boolean {
  const { run: id, environment, mode } = receipt;
  return isRehearsal({ id, environment, mode, runbook }, search);
}

const known = new Map<string, ReadReceipts>();
const MOST_KNOWN = 200;

/** What failed to be read is tried again the next time. */
async function readOnce(source: JournalSource, parameterCells: ReadonlySet<string>): Promise<ReadReceipts> {
  const key = JSON.stringify([source.place, source.stamp, [...parameterCells]]);
  const before = known.get(key);
  if (before) {
    return before;
  }
  try {
    const read = readReceipts(await source.read(), parameterCells);
    known.set(key, read);
    if (known.size > MOST_KNOWN) {
      known.delete(known.keys().next().value!);
    }
    return read;
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}
