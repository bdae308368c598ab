// The notebook as it is archived: canonical, small enough for GitHub, with a summary, a picture of the run and visible times.
// Pure: the same run gives the same text, however often it is archived.
import type { Notebook } from '../../contract/notebook.js';
import { withoutArchiveMarks } from '../notebook/archive-marks.js';
import type { RunFiles } from '../notebook/read-run.js';
import { canonicalNotebook } from './canonical-notebook.js';
import { capOutputs } from './output-cap.js';
import { summaryCell } from './summary-cell.js';
import { timelineCell } from './timeline-cell.js';
import { withVisibleTimes } from './visible-times.js';
import type { UsualTimes } from './usual-times.js';

/** A notebook ready to be committed, and the ids of the cells whose outputs had to be cut. */
export interface ArchivedNotebook {
  readonly notebook: Notebook;
  readonly cut: readonly string[];
}

/** Builds it from the files of a run and what its phases usually took. */
export function archivedNotebook(files: RunFiles, usual: UsualTimes): ArchivedNotebook {
  const bare = canonicalNotebook(withoutArchiveMarks(files.notebook));
  const timed = bare.cells.map(cell => withVisibleTimes(cell, files.state));
  const added = [summaryCell({ ...files, notebook: bare }, usual), timelineCell(files)];
  const reservedBytes = Buffer.byteLength(JSON.stringify(added, null, 1)) * 2;
  const { notebook, cut } = capOutputs({ ...bare, cells: timed }, reservedBytes);
  return { notebook: { ...notebook, cells: [...added, ...notebook.cells] }, cut };
}
