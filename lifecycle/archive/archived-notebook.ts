// The notebook as it is archived: canonical, small enough for GitHub, with a summary, a picture of the run and visible times.
// Pure: the same run gives the same text, however often it is archived.
import type { Notebook } from '../../contract/notebook/notebook.js';
import type { ArchiveFacts } from '../facts/archive-facts.js';
import { withoutArchiveMarks } from '../notebook/archive-marks.js';
import { canonicalNotebook } from './canonical-notebook.js';
import { capOutputs } from './output-cap.js';
import { withRecordedOutputs, type FindRecorded } from './outputs/recorded-outputs.js';
import { withStepsPutBack } from './steps-put-back.js';
import type { DrawnChart } from '../../runbook/chart/picture/draw-picture.js';
import { runPicture } from './run-picture.js';
import { summaryCell } from './summary-cell.js';
import { timelineCell } from './timeline-cell.js';
import { withVisibleActs } from './visible-acts.js';
import { standingsOf, withVisibleTimes } from './visible-times.js';

/** A notebook ready to be committed, and the ids of the cells whose outputs had to be cut. */
export interface ArchivedNotebook {
  readonly notebook: Notebook;
  readonly cut: readonly string[];
}

/**
 * Builds it from the notebook and what happened in it. `journal` is the name of the journal's file; outputs that it `recorded` stand in place
 * of those that the notebook was saved with; the `picture` of the run is its text alone until it is drawn.
 */
export function archivedNotebook(
  before: Notebook,
  facts: ArchiveFacts,
  journal: string,
  recorded: FindRecorded = () => null,
  picture: DrawnChart = runPicture(facts)
): ArchivedNotebook {
  const plain = withoutArchiveMarks(before);
  const cells = plain.cells.map(cell => withRecordedOutputs(cell, recorded));
  const bare = canonicalNotebook({ ...plain, cells });
  const bySteps = Map.groupBy(facts.attempts, ({ step }) => step);
  const standings = standingsOf(facts.phases);
  const timed = withStepsPutBack(
    bare.cells.map(cell =>
      withVisibleActs(
        withVisibleTimes(cell, bySteps.get(cell.id ?? '') ?? [], standings.get(cell.id ?? '')),
        facts.acts
      )
    ),
    facts.attempts,
    recorded
  );
  const added = [summaryCell(facts, journal), timelineCell(picture)];
  const reservedBytes = Buffer.byteLength(JSON.stringify(added, null, 1)) * 2;
  const { notebook, cut } = capOutputs({ ...bare, cells: timed }, reservedBytes);
  return { notebook: { ...notebook, cells: [...added, ...notebook.cells] }, cut };
}
