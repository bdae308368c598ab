// The cell of the parameters: the release, and a constant for each gap that the source leaves to its reader.
import type { Placeholders } from '../shell/placeholders.js';
import { literalOf } from '../shell/literal.js';
import type { ImportedSource } from '../document/source.js';
import { GUESS_TAG, type DraftCell } from './cell-list.js';
import type { ReportLine } from '../document/report-line.js';

/** The cell; each gap is told in the report. */
export function parametersCell(
  placeholders: Placeholders,
  source: ImportedSource,
  report: ReportLine[]
): DraftCell {
  const found = placeholders.all.filter(({ kind }) => kind !== 'secret');
  const gaps = found.filter(({ kind }) => kind !== 'host');
  const declared = found.map(({ name, written }) => `const ${name}: string = ${literalOf(written)};`);
  const release = found.some(({ name }) => name === 'release')
    ? []
    : ["const release: string = 'unreleased';"];
  const head =
    gaps.length === 0
      ? []
      : [
          '// Guessed from the gaps of the source: each is a parameter, and launchbook new --param NAME=VALUE writes its value.'
        ];
  const cell: DraftCell = {
    kind: 'code',
    source: [...head, ...release, ...declared].join('\n'),
    tags: ['parameters', ...(gaps.length === 0 ? [] : [GUESS_TAG])],
    key: 'parameters',
    id: ''
  };
  for (const { name, written, kind, line } of placeholders.all) {
    const text =
      kind === 'secret'
        ? `${written} is the secret ${name}: launchbook.yml says where it is kept`
        : kind === 'host'
          ? `${written} is the parameter ${name}: with vars in launchbook.yml each environment has its own`
          : `${written} is the parameter ${name}`;
    report.push({
      grade: kind === 'host' || kind === 'secret' ? 'note' : 'guessed',
      place: source.placeOf(line),
      text,
      cell
    });
  }
  return cell;
}
