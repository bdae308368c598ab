// One cell that both sides have: its source line by line, its metadata key by key. Outputs belong to the source that made them.
import { isSameJson } from '../../contract/base/stable-text.js';
import { textOf, type OutlineCell } from '../../contract/notebook/outline.js';
import { linesOf } from '../archive/canonical-notebook.js';
import { deletedText, mergeText, type MarkerStyle } from './merge-text.js';
import { mergeValues, type ValueConflict } from './merge-values.js';

/** A cell of nbformat 4.5 with everything in it. */
export interface MergeCell extends OutlineCell {
  readonly id: string;
  readonly [key: string]: unknown;
}

/** A merged cell, and what could not be merged. */
export interface MergedCell {
  readonly cell: MergeCell;
  /** True: its source holds both sides between markers. */
  readonly hasMarkers: boolean;
  /** Values that differ and of which ours was taken. */
  readonly conflicts: readonly ValueConflict[];
}

/** Merges what two sides made of a cell; `base` is undefined when both added it. */
export async function mergeCell(
  base: MergeCell | undefined,
  ours: MergeCell,
  theirs: MergeCell,
  style: MarkerStyle
): Promise<MergedCell> {
  const texts = { base: sourceOf(base), ours: sourceOf(ours), theirs: sourceOf(theirs) };
  const { text, hasConflict } = await mergeText(texts, style);
  const merged = mergeValues(factsOf(base), factsOf(ours), factsOf(theirs));
  const facts = merged.value as { readonly cell_type: string };
  const cell = {
    ...facts,
    id: ours.id,
    source: linesOf(text),
    ...(facts.cell_type === 'code' ? executionOf(base, ours, theirs, text) : {})
  };
  return {
    cell,
    hasMarkers: hasConflict,
    conflicts: merged.conflicts.filter(({ path }) => !isVolatile(path))
  };
}

/** A cell that one side has changed and the other one has deleted: it stays, with markers. */
export function keepDeleted(cell: MergeCell, deletedBy: 'ours' | 'theirs', style: MarkerStyle): MergeCell {
  return { ...cell, source: linesOf(deletedText(textOf(cell.source), deletedBy, style)) };
}

/** True when a side left the cell as it was. Executing it is no change. */
export function isUnchanged(base: MergeCell, side: MergeCell): boolean {
  return sourceOf(base) === sourceOf(side) && isSameJson(steadyFacts(base), steadyFacts(side));
}

/** What front ends and kernels write by themselves. */
const VOLATILE: ReadonlySet<string> = new Set(['execution', 'ExecuteTime', 'collapsed', 'scrolled']);

function isVolatile(path: readonly string[]): boolean {
  const [first, second, third] = path;
  return (
    first === 'metadata' && (VOLATILE.has(second ?? '') || (second === 'launchbook' && third === 'attempts'))
  );
}

function sourceOf(cell: MergeCell | undefined): string {
  return cell === undefined ? '' : textOf(cell.source);
}

/** Everything but the id, the source and what an execution leaves. */
function factsOf(cell: MergeCell | undefined): { readonly [key: string]: unknown } {
  return without(cell ?? {}, key => APART.has(key));
}

const APART: ReadonlySet<string> = new Set(['id', 'source', 'outputs', 'execution_count']);

function steadyFacts(cell: MergeCell): { readonly [key: string]: unknown } {
  const { metadata, ...facts } = factsOf(cell) as { readonly metadata?: { readonly [key: string]: unknown } };
  const record = (metadata?.['launchbook'] ?? {}) as { readonly [key: string]: unknown };
  const steady = without(metadata ?? {}, key => VOLATILE.has(key) || key === 'launchbook');
  return { ...facts, metadata: { ...steady, launchbook: without(record, key => key === 'attempts') } };
}

function without(
  values: { readonly [key: string]: unknown },
  isLeftOut: (key: string) => boolean
): { readonly [key: string]: unknown } {
  return Object.fromEntries(Object.entries(values).filter(([key]) => !isLeftOut(key)));
}

/** Outputs and count of the side that executed the merged source; of none when neither did. */
function executionOf(
  base: MergeCell | undefined,
  ours: MergeCell,
  theirs: MergeCell,
  source: string
): { readonly outputs: unknown; readonly execution_count: unknown } {
  const execution = (cell: MergeCell) => ({
    outputs: cell['outputs'] ?? [],
    execution_count: cell['execution_count'] ?? null
  });
  if (isSameJson(execution(ours), execution(theirs))) {
    return execution(ours);
  }
  const executed = [ours, theirs].filter(
    side => sourceOf(side) === source && (base === undefined || !isSameJson(execution(side), execution(base)))
  );
  return executed[0] ? execution(executed[0]) : { outputs: [], execution_count: null };
}
