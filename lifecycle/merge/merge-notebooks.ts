// Merges notebooks cell by cell: cells are matched by their ids, so that cells that stand side by side are as independent of each other as
// files are. Whatever two people have really changed against each other stays visible in the notebook, which can always be opened.
import type { Notebook } from '../../contract/notebook/notebook.js';
import { textOf } from '../../contract/notebook/outline.js';
import { readOutline } from '../../record/source/read-outline.js';
import { linesOf } from '../archive/canonical-notebook.js';
import { isUnchanged, keepDeleted, mergeCell, type MergeCell } from './merge-cell.js';
import { mergeOrder } from './merge-order.js';
import type { MarkerStyle } from './merge-text.js';
import { mergeValues, type ValueConflict } from './merge-values.js';

/** A notebook whose cells all have ids of their own. */
export interface MergeNotebook extends Notebook {
  readonly cells: readonly MergeCell[];
}

/** Something that both sides changed against each other. */
export interface MergeConflict {
  /** Id of the cell, or null when it is about the whole notebook. */
  readonly cell: string | null;
  /** What a person reads, for example `“Deploy” (deploy): both sides changed the same lines`. */
  readonly text: string;
}

/** A merged notebook. */
export interface MergedNotebook {
  readonly notebook: Notebook;
  readonly conflicts: readonly MergeConflict[];
}

/** Merges what `ours` and `theirs` made of `base`. @throws GitError when git cannot merge a source. */
export async function mergeNotebooks(
  {
    base,
    ours,
    theirs
  }: { readonly base: MergeNotebook; readonly ours: MergeNotebook; readonly theirs: MergeNotebook },
  style: MarkerStyle
): Promise<MergedNotebook> {
  const [inBase, inOurs, inTheirs] = [base, ours, theirs].map(byId) as [Cells, Cells, Cells];
  const beginsPhase = (id: string): boolean => hasHeading(inOurs.get(id) ?? inTheirs.get(id));
  const { order, conflicts: moved } = mergeOrder(
    [...inBase.keys()],
    [...inOurs.keys()],
    [...inTheirs.keys()],
    beginsPhase
  );
  const merged: Merged[] = [mergeHead(base, ours, theirs)];
  for (const id of order) {
    const sides = { base: inBase.get(id), ours: inOurs.get(id), theirs: inTheirs.get(id) };
    merged.push(await mergeOne(sides, moved.includes(id), style));
  }
  const nbformat_minor = Math.max(ours.nbformat_minor, theirs.nbformat_minor);
  const { metadata } = mergeValues(
    { metadata: base.metadata },
    { metadata: ours.metadata },
    { metadata: theirs.metadata }
  ).value as { readonly metadata: Notebook['metadata'] };
  const cells = merged.flatMap(part => part.cells);
  return {
    notebook: { ...ours, metadata, nbformat_minor, cells: withUniqueIds(cells) },
    conflicts: merged.flatMap(part => part.conflicts)
  };
}

type Cells = ReadonlyMap<string, MergeCell>;

/** The result for one place: cells, and what is wrong with them. */
interface Merged {
  readonly cells: readonly MergeCell[];
  readonly conflicts: readonly MergeConflict[];
}

interface Sides {
  readonly base: MergeCell | undefined;
  readonly ours: MergeCell | undefined;
  readonly theirs: MergeCell | undefined;
}

const NOTHING: Merged = { cells: [], conflicts: [] };

function byId({ cells }: MergeNotebook): Cells {
  return new Map(cells.map(cell => [cell.id, cell]));
}

/** Metadata of the notebook; what front ends write by themselves is no conflict. */
function mergeHead(base: MergeNotebook, ours: MergeNotebook, theirs: MergeNotebook): Merged {
  const { conflicts } = mergeValues(base.metadata, ours.metadata, theirs.metadata, ['metadata']);
  const real = conflicts.filter(({ path }) => path[1] !== 'language_info' && path[1] !== 'widgets');
  return real.length === 0
    ? NOTHING
    : {
        cells: [noteOn('notebook', real)],
        conflicts: [{ cell: null, text: `the notebook: both sides changed ${namesOf(real)}` }]
      };
}

async function mergeOne(
  { base, ours, theirs }: Sides,
  isMoved: boolean,
  style: MarkerStyle
): Promise<Merged> {
  if (ours === undefined || theirs === undefined) {
    return mergeAbsent(base, ours, theirs, style);
  }
  const { cell, hasMarkers, conflicts } = await mergeCell(base, ours, theirs, style);
  const name = nameOf(ours);
  const values: ValueConflict[] = [
    ...conflicts,
    ...(isMoved ? [{ path: ['place'], ours: 'here', theirs: 'somewhere else' }] : [])
  ];
  return {
    cells: [...(values.length === 0 ? [] : [noteOn('cell', values)]), cell],
    conflicts: [
      ...(hasMarkers ? [{ cell: cell.id, text: `${name}: both sides changed the same lines` }] : []),
      ...(values.length > 0
        ? [{ cell: cell.id, text: `${name}: both sides changed ${namesOf(values)}` }]
        : [])
    ]
  };
}

/** A cell that a side lacks: new on the other one, or deleted here. */
function mergeAbsent(
  base: MergeCell | undefined,
  ours: MergeCell | undefined,
  theirs: MergeCell | undefined,
  style: MarkerStyle
): Merged {
  const cell = ours ?? theirs;
  if (cell === undefined || (base !== undefined && isUnchanged(base, cell))) {
    return NOTHING;
  }
  if (base === undefined) {
    return { cells: [cell], conflicts: [] };
  }
  const deletedBy = ours === undefined ? 'ours' : 'theirs';
  const text = `${nameOf(cell)}: deleted by ${deletedBy}, changed by the other side`;
  return { cells: [keepDeleted(cell, deletedBy, style)], conflicts: [{ cell: cell.id, text }] };
}

/** A text cell before what it is about: both values, so that nothing of theirs is lost. */
function noteOn(what: 'cell' | 'notebook', conflicts: readonly ValueConflict[]): MergeCell {
  const values = conflicts.flatMap(({ path, ours, theirs }) => [
    `${path.join('.')}, ours:   ${JSON.stringify(ours) ?? 'none'}`,
    `${path.join('.')}, theirs: ${JSON.stringify(theirs) ?? 'none'}`
  ]);
  const place = what === 'cell' ? 'the next cell' : 'this notebook';
  const text = `**Merge conflict** in ${place}: both sides changed ${namesOf(conflicts)}. Ours was taken; decide, then delete this cell.\n\n\`\`\`\n${values.join('\n')}\n\`\`\``;
  return { cell_type: 'markdown', id: 'merge-conflict', metadata: {}, source: linesOf(text) };
}

function namesOf(conflicts: readonly ValueConflict[]): string {
  return [...new Set(conflicts.map(({ path }) => path.join('.')))].join(', ');
}

function nameOf(cell: MergeCell): string {
  const line = textOf(cell.source)
    .split('\n')
    .find(candidate => candidate.trim() !== '');
  return `“${(line ?? '').replace(/^[#/\s]+/, '').slice(0, 60)}” (${cell.id})`;
}

function hasHeading(cell: MergeCell | undefined): boolean {
  return cell !== undefined && readOutline([cell]).phases.some(({ id }) => id === cell.id);
}

function withUniqueIds(cells: readonly MergeCell[]): MergeCell[] {
  const taken = new Set<string>();
  return cells.map(cell => {
    let id = cell.id;
    for (let number = 2; taken.has(id); number++) {
      id = `${cell.id}-${number}`;
    }
    taken.add(id);
    return { ...cell, id };
  });
}
