// Does each step show what the journal recorded of it? What an archive cuts is cut here too; outputs of which the journal has none are held
// against the hash in the record of the archive.
import { isSameJson } from '../../contract/base/stable-text.js';
import type { JournalRecord } from '../../contract/journal/journal.js';
import type { Notebook } from '../../contract/notebook/notebook.js';
import type { OutlineCell } from '../../contract/notebook/outline.js';
import type { RunState } from '../../contract/state/state.js';
import { canonicalOutput } from '../archive/canonical-notebook.js';
import { capOutput, OUTPUT_LIMITS } from '../archive/output-cap.js';
import { hashOfOutputs, ownOutputs } from '../archive/outputs/kept-outputs.js';
import { recordedOutputs } from '../archive/outputs/recorded-outputs.js';
import { lineOfText } from '../findings/line-of.js';
import type { ArchiveFiles, Finding } from '../findings/verification.js';
import { markOf, type Output } from '../notebook/archive-marks.js';

/** Every cell whose outputs are others, with what differs. Journals of earlier versions do not say what was archived. */
export function outputFindings(
  { names, notebook: bytes }: ArchiveFiles,
  { cells }: Notebook,
  records: readonly JournalRecord[],
  state: RunState
): Finding[] {
  const archived = records.findLast(({ kind }) => kind === 'run-archived' || kind === 'run-reopened');
  if (archived?.kind !== 'run-archived') {
    return [];
  }
  const recorded = recordedOutputs(records, state);
  const own = cells.filter(cell => cell.cell_type === 'code' && markOf(cell.metadata) === null);
  const known = own.flatMap(cell => {
    const found = recorded(cell);
    return found === null ? [] : [{ cell, expected: found.outputs.map(canonicalOutput) }];
  });
  const kept = own
    .filter(cell => recorded(cell) === null)
    .flatMap(cell => keptFault(cell, archived.kept?.[cell.id ?? '']));
  const text = bytes.toString('utf8');
  return [...fewestFaults(known), ...kept].map(({ cell, what }) => ({
    file: names.notebook,
    line: lineOfText(text, `"id": ${JSON.stringify(cell.id)}`),
    code: 'outputs.changed',
    text: `begins the step ${cell.id}, whose outputs are not those of the journal: ${what}`
  }));
}

interface OutputFault {
  readonly cell: OutlineCell;
  readonly what: string;
}

interface KnownCell {
  readonly cell: OutlineCell;
  readonly expected: readonly Output[];
}

/** All outputs of an archive were cut at one limit: the one with which most of them agree. */
function fewestFaults(known: readonly KnownCell[]): OutputFault[] {
  let fewest: OutputFault[] | null = null;
  for (const limit of OUTPUT_LIMITS) {
    const faults = known.flatMap(({ cell, expected }) => {
      const cut = expected.map(output => capOutput(output, limit));
      const what = differences(ownOutputs(cell), cut);
      return what === null ? [] : [{ cell, what }];
    });
    if (fewest === null || faults.length < fewest.length) {
      fewest = faults;
    }
    if (fewest.length === 0) {
      break;
    }
  }
  return fewest ?? [];
}

function differences(seen: readonly Output[], expected: readonly Output[]): string | null {
  const changed = expected.flatMap((output, index) => {
    const other = seen[index];
    return other === undefined || isSameJson(other, output)
      ? []
      : [`output ${index + 1} (${output.output_type}) is another one`];
  });
  const missing = expected
    .slice(seen.length)
    .map((output, index) => `output ${seen.length + index + 1} (${output.output_type}) is missing`);
  const added = seen
    .slice(expected.length)
    .map((output, index) => `output ${expected.length + index + 1} (${output.output_type}) is not recorded`);
  const all = [...changed, ...missing, ...added];
  return all.length === 0 ? null : all.join('; ');
}

function keptFault(cell: OutlineCell, hash: string | undefined): OutputFault[] {
  const outputs = ownOutputs(cell);
  const isSame = hash === undefined ? outputs.length === 0 : hashOfOutputs(outputs) === hash;
  return isSame ? [] : [{ cell, what: 'the record of the archive has another hash of them' }];
}
