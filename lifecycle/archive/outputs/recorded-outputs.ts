// What each step shows by the journal: the outputs of its last attempt as a notebook has them, with the newest frame of what overwrote itself
// and the last state of what people were asked. A page that was closed, or a save that failed, has no part in it.
import type { JournalRecord } from '../../../contract/journal/journal.js';
import { NotebookOutputs, type NotebookOutput } from '../../../contract/notebook/notebook-outputs.js';
import type { OutlineCell } from '../../../contract/notebook/outline.js';
import { lastAttemptOf, type RunState } from '../../../contract/state/state.js';
import type { Output } from '../../notebook/archive-marks.js';
import { lastFrame } from './last-frame.js';
import { newestHold } from './newest-hold.js';

/** What the journal says about the outputs of one cell. */
export interface RecordedCell {
  readonly outputs: readonly Output[];
  readonly executionCount: number;
  /** What ran last. */
  readonly source: string;
}

/** Finds the outputs of a cell; null for one of which the journal has none: it never ran, or an earlier version recorded the run. */
export type FindRecorded = (cell: OutlineCell) => RecordedCell | null;

/** Reads the outputs of all steps. */
export function recordedOutputs(records: readonly JournalRecord[], state: RunState): FindRecorded {
  const shown = new Map<string, NotebookOutputs>();
  /** Who shows a display: another cell may update it. */
  const showing = new Map<string, Set<NotebookOutputs>>();
  const sources = new Map<string, string>();
  for (const record of records) {
    if (record.kind === 'attempt-started') {
      sources.set(record.step, record.source);
    }
    if (record.kind === 'output') {
      const key = `${record.attempt} ${record.step}`;
      const outputs = shown.get(key) ?? new NotebookOutputs();
      shown.set(key, outputs);
      for (const output of record.outputs) {
        const id = 'displayId' in output ? output.displayId : undefined;
        const others = output.kind === 'update' ? (showing.get(output.displayId) ?? []) : [];
        new Set([...others, outputs]).forEach(each => each.add(output));
        if (output.kind === 'display' && id !== undefined) {
          showing.set(id, (showing.get(id) ?? new Set()).add(outputs));
        }
      }
    }
  }
  return ({ id = '', cell_type: type }) => {
    const last = lastAttemptOf(state, id);
    if (type !== 'code' || !last || (last.outputs === undefined && shown.size === 0)) {
      return null;
    }
    const outputs = shown.get(`${last.attempt} ${id}`)?.list ?? [];
    return {
      outputs: outputs.map(output => asArchived(output, state)),
      executionCount: last.executionCount,
      source: sources.get(id) ?? ''
    };
  };
}

/** The cell with what the journal says it shows; the same cell where the journal does not say it. */
export function withRecordedOutputs(cell: OutlineCell, find: FindRecorded): OutlineCell {
  const recorded = find(cell);
  const fields = recorded && { outputs: recorded.outputs, execution_count: recorded.executionCount };
  return fields ? { ...cell, ...fields } : cell;
}

function asArchived(output: NotebookOutput, state: RunState): Output {
  if (output.output_type === 'stream') {
    return { ...output, text: lastFrame(output.text) };
  }
  if (output.output_type !== 'display_data') {
    return { ...output };
  }
  return { ...output, data: newestHold(output.data, state) ?? output.data };
}
