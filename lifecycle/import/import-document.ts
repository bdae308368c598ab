// One document as a notebook, its report and its proof, all in memory: nothing is run, nothing is fetched, nothing is written.
import { isParametersCell } from '../../contract/notebook/outline.js';
import { GUESS_TAG } from '../../contract/notebook/imported-guess.js';
import { readOutline } from '../../record/source/read-outline.js';
import { notebookText } from '../notebook/notebook-text.js';
import { parametersOf } from '../notebook/parameters.js';
import { refuseFaults } from '../refused-error.js';
import { scanForCredentials } from '../secrets/credential-scanner.js';
import { checkArguments } from './check/check-arguments.js';
import { checkCover } from './check/check-cover.js';
import type { ImportedFile } from './document/file-text.js';
import { readDocument } from './read/formats.js';
import { mapDocument, type MappedDocument } from './map/map-document.js';
import type { ReportLine } from './document/report-line.js';
import { notebookOf } from './notebook-of.js';
import { headOf, reportText, type ImportCounts } from './report/report-text.js';
import type { ImportedSource, Picture } from './document/source.js';

/** What is made of a document. */
export interface ImportedDocument {
  readonly format: string;
  /** The notebook, as it is written. */
  readonly notebook: string;
  /** The report, Markdown. */
  readonly report: string;
  /** Its first line, for a terminal. */
  readonly head: string;
  readonly counts: ImportCounts;
  readonly lines: readonly {
    readonly grade: string;
    readonly place: string;
    readonly text: string;
    readonly cell: string | null;
  }[];
  readonly pictures: readonly Picture[];
  /** What the check found wrong with the import itself: empty, or the importer has a fault. */
  readonly faults: readonly string[];
  readonly commands: number;
}

/** Imports a document. `asked`: the format, or null for what the file says; `target`: the notebook's name, for the report. */
export async function importDocument(
  file: ImportedFile,
  asked: string | null,
  target: string
): Promise<ImportedDocument> {
  const source = await readDocument(file, asked);
  await refuseSecrets(source);
  const first = await make(source, target);
  const second = await make(source, target);
  const { faults, commands } = await checkArguments(first.mapped);
  const isSame =
    first.imported.notebook === second.imported.notebook && first.imported.report === second.imported.report;
  return {
    ...first.imported,
    faults: [
      ...checkCover(source, first.mapped),
      ...faults,
      ...(isSame ? [] : ['importing it twice gives two notebooks'])
    ],
    commands
  };
}

async function make(
  source: ImportedSource,
  target: string
): Promise<{
  readonly mapped: MappedDocument;
  readonly imported: Omit<ImportedDocument, 'faults' | 'commands'>;
}> {
  const mapped = await mapDocument(source);
  const { notebook, asked } = notebookOf(mapped, cell => {
    const start = mapped.pieces.find(piece => piece.cell === cell)?.start;
    return start === undefined ? cell.id : source.placeOf(source.markdown.slice(0, start).split('\n').length);
  });
  const lines: ReportLine[] = [
    ...mapped.report,
    ...asked,
    ...source.notes.map(({ place, text }): ReportLine => ({ grade: 'left-out', place, text, cell: null }))
  ];
  const counts = countsOf(mapped, lines);
  const imported = {
    format: source.format,
    notebook: notebookText(notebook),
    report: reportText(source.name, target, counts, lines),
    head: headOf(counts),
    counts,
    lines: lines.map(({ cell, ...line }) => ({ ...line, cell: cell?.id ?? null })),
    pictures: source.pictures
  };
  return { mapped, imported };
}

function countsOf({ cells }: MappedDocument, lines: readonly ReportLine[]): ImportCounts {
  const outlined = cells.map(({ kind, id, source, tags }) => ({
    cell_type: kind,
    id,
    source,
    metadata: { tags }
  }));
  const steps = outlined.filter(cell => cell.cell_type === 'code' && !isParametersCell(cell));
  const has = (pattern: RegExp): number => steps.filter(({ source }) => pattern.test(source)).length;
  return {
    phases: readOutline(outlined).phases.filter(({ id }) => id !== 'start').length,
    steps: steps.length,
    guessed: steps.filter(({ metadata }) => metadata.tags.includes(GUESS_TAG)).length,
    scripts: has(/^const script = /m),
    checklists: has(/^await checklist\(/m),
    approvals: has(/^await approval\(/m),
    parameters: Object.keys(parametersOf(outlined)).length,
    changesWithoutWayBack: lines.filter(({ text }) => text.endsWith('(change-without-rollback)')).length,
    refused: lines.filter(({ grade }) => grade === 'refused').length
  };
}

/** A secret in a document is one in git as soon as it is imported. Its text is told nowhere. */
async function refuseSecrets({ name, markdown, placeOf }: ImportedSource): Promise<void> {
  const found = (await scanForCredentials(markdown)).map(({ line, what }) => ({ line, what }));
  markdown.split('\n').forEach((text, index) => {
    if (ASSIGNED.test(text)) {
      found.push({ line: index + 1, what: 'what looks like a password or token' });
    }
  });
  refuseFaults(
    'import.secret',
    `Importing ${name}`,
    found.map(({ line, what }) => ({ field: null, text: `${placeOf(line)} holds a secret: ${what}` })),
    'Replace each by a gap such as <DEPLOY_TOKEN>, change the secret where it is used, and import again.'
  );
}

/** As `launchbook lint` has it (secret-in-source), in what a shell reads. */
const ASSIGNED =
  /\b\w*(?:password|passwd|secret|token|api_?key|credential)\w*\s*[:=]\s*['"](?![$<{*])(?!your|my|changeme|example|xxx)[^'"\s$<>{}]{6,}['"]/i;
