// The report of an import as Markdown: what was read with certainty in numbers, everything else in a line with its place.
import { markdownText } from '../../../contract/base/escape.js';
import { formatCount } from '../../../contract/base/format.js';
import type { Grade, ReportLine } from '../document/report-line.js';

/** What an import made, in numbers. */
export interface ImportCounts {
  readonly phases: number;
  readonly steps: number;
  /** Cells with a guess. */
  readonly guessed: number;
  readonly scripts: number;
  readonly checklists: number;
  readonly approvals: number;
  readonly parameters: number;
  readonly changesWithoutWayBack: number;
  readonly refused: number;
}

const TITLES: readonly (readonly [grade: Grade, title: string, words: string])[] = [
  ['refused', 'Refused', 'The source is at fault here. A checklist stands in the place of the step.'],
  [
    'guessed',
    'Guessed',
    'Each cell carries the tag `imported-guess`; production refuses a run while one is left.'
  ],
  ['asked', 'Asked', 'The source does not say it, and nothing was made up.'],
  ['left', 'Left as text', 'It reads like commands, and is none for certain.'],
  ['left-out', 'Left out', 'It is in no cell.'],
  ['note', 'Notes', 'For certain, and good to know.']
];

/** The first line: what became of the document. */
export function headOf(counts: ImportCounts): string {
  const {
    phases,
    steps,
    guessed,
    scripts,
    checklists,
    approvals,
    changesWithoutWayBack,
    parameters,
    refused
  } = counts;
  return [
    `${formatCount(phases, 'phase')}, ${formatCount(steps, 'step')}: ${steps - Math.min(guessed, steps)} sure, ${guessed} guessed, of them ${refused} refused`,
    `${formatCount(scripts, 'script')} for bash, ${formatCount(checklists, 'checklist')}, ${formatCount(parameters, 'parameter')}`,
    `${formatCount(changesWithoutWayBack, 'change')} without a way back, ${formatCount(approvals, 'approval')} without approvers`
  ].join('; ');
}

/** The report of `source`; the same import gives the same text. */
export function reportText(
  source: string,
  notebook: string,
  counts: ImportCounts,
  lines: readonly ReportLine[]
): string {
  const parts = TITLES.flatMap(([grade, title, words]) => {
    const found = lines.filter(line => line.grade === grade);
    return found.length === 0
      ? []
      : [`## ${title} (${found.length})\n\n${words}\n\n${[...new Set(found.map(lineText))].join('\n')}`];
  });
  return (
    [`# Import of ${markdownText(source)} to ${markdownText(notebook)}`, `${headOf(counts)}.`, ...parts].join(
      '\n\n'
    ) + '\n'
  );
}

function lineText({ place, text, cell }: ReportLine): string {
  return `- ${markdownText(place)}: ${markdownText(text)}${cell === null || cell.id === place ? '' : ` → cell \`${cell.id}\``}`;
}
