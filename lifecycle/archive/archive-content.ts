// What the files of an archive hold: made anew from journal and notebook, or, when they stand there already and agree with each other, as
// they are.
import { basename } from 'node:path';
import type { Person } from '../../contract/base/person.js';
import { manifestPathOf } from '../../contract/notebook/notebook.js';
import { readFileIfPresent, readTextOfRun } from '../../record/files/read-file.js';
import { sha256 } from '../../record/hash.js';
import { drawChart } from '../../runbook/chart/picture/draw-picture.js';
import { archiveFacts } from '../facts/archive-facts.js';
import { findEarlierRuns } from '../facts/earlier-runs.js';
import { cellHashes, manifestFile, manifestText } from '../manifest/manifest.js';
import { readManifest } from '../manifest/manifest-findings.js';
import { notebookText } from '../notebook/notebook-text.js';
import { parseNotebook } from '../notebook/read-notebook.js';
import type { RunFiles } from '../notebook/read-run.js';
import type { TokenFile } from '../notebook/token-files.js';
import { withArchivedRecord } from './archived-record.js';
import { archivedNotebook } from './archived-notebook.js';
import { runPicture } from './run-picture.js';
import { keptOutputs } from './outputs/kept-outputs.js';
import { recordedOutputs } from './outputs/recorded-outputs.js';

/** The texts of an archive. */
export interface ArchiveContent {
  /** The run with the record that says that it is archived. */
  readonly files: RunFiles;
  readonly notebook: string;
  readonly manifest: string;
  /** Ids of the cells whose outputs had to be cut. */
  readonly cut: readonly string[];
}

/** The texts; `by` archives, `objections` are what its decisions do not carry. Nothing is written. */
export async function archiveContent(
  path: string,
  files: RunFiles,
  tokens: readonly TokenFile[],
  by: Person,
  objections: readonly string[] = []
): Promise<ArchiveContent> {
  const standing = standingArchive(path, files, tokens);
  if (standing) {
    return { ...standing, files, cut: [] };
  }
  const at = new Date().toISOString();
  const earlier = findEarlierRuns(path, files.run);
  const recorded = recordedOutputs(files.records, files.state);
  const journal = basename(files.journalPath);
  const hasRecord = files.records.findLast(isAboutArchive)?.kind === 'run-archived';
  const first = hasRecord ? files : withArchivedRecord(files, at, by, {});
  const facts = archiveFacts(first, earlier, objections);
  const picture = await drawChart(runPicture(facts));
  const { notebook, cut } = archivedNotebook(files.notebook, facts, journal, recorded, picture);
  const text = notebookText(notebook);
  const archived = hasRecord ? files : withArchivedRecord(files, at, by, keptOutputs(notebook, recorded));
  const manifest = manifestText({
    run: files.run!.id,
    outcome: facts.outcome,
    notebook: manifestFile(basename(path), text),
    journal: { ...manifestFile(journal, archived.journalText), records: facts.records },
    cells: cellHashes(parseNotebook(text, path)),
    edited: facts.edited,
    tokens: tokens.map(({ name, bytes }) => manifestFile(name, bytes))
  });
  return { files: archived, notebook: text, manifest, cut };
}

function isAboutArchive({ kind }: RunFiles['records'][number]): boolean {
  return kind === 'run-archived' || kind === 'run-reopened';
}

/** The archive that the files of a run are already; null when one of them is another than its manifest says. */
function standingArchive(
  path: string,
  files: RunFiles,
  tokens: readonly TokenFile[]
): Pick<ArchiveContent, 'notebook' | 'manifest'> | null {
  const bytes = readFileIfPresent(manifestPathOf(path), 'manifest');
  const manifest = bytes && readManifest(bytes);
  if (!bytes || !manifest) {
    return null;
  }
  const notebook = readTextOfRun(path, 'notebook');
  const listed = (manifest.tokens ?? []).map(({ name, sha256: hash }) => `${name} ${hash}`);
  const isWhole =
    manifest.run === files.run?.id &&
    sha256(notebook) === manifest.notebook.sha256 &&
    sha256(files.journalText) === manifest.journal.sha256 &&
    listed.join('\n') === tokens.map(token => `${token.name} ${sha256(token.bytes)}`).join('\n');
  return isWhole ? { notebook, manifest: bytes.toString('utf8') } : null;
}
