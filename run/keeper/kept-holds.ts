// The hold points of a document that a page has told, joined with those of the file: a client cannot talk one away.
import { textOf, type Outline, type OutlineCell, type StepOutline } from '../../contract/notebook/outline.js';
import { sha256 } from '../../record/hash.js';

/** SHA-256 (hex) of the cells of a document by id; empty where nobody told them. */
export type CellHashes = { readonly [cell: string]: string };

/** A document as a page has told it. */
export interface AnnouncedDocument {
  readonly outline: Outline;
  readonly sources: CellHashes;
}

/** The hashes of the cells in a file. One that has not changed has the same list of cells. */
export function hashesOf(cells: readonly OutlineCell[]): CellHashes {
  const known =
    knownHashes.get(cells) ??
    Object.fromEntries(cells.map(({ id = '', source }) => [id, sha256(textOf(source))]));
  knownHashes.set(cells, known);
  return known;
}

const knownHashes = new WeakMap<object, CellHashes>();

/** Of a text that is the file's the kernel has found the hold points itself; of another one the page may name more, never fewer. */
export function keepHolds(
  { outline, sources }: AnnouncedDocument,
  saved: Outline,
  hashes: CellHashes
): Outline {
  const savedSteps = new Map(
    saved.phases.flatMap(phase => phase.steps.map(step => [step.id, step] as const))
  );
  const keep = ({ isUnknown, waitsFor: told, ...step }: StepOutline): StepOutline => {
    const known = savedSteps.get(step.id);
    const isSaved =
      known !== undefined && sources[step.id] !== undefined && sources[step.id] === hashes[step.id];
    const both = (open: readonly string[] = [], saved: readonly string[] = []): readonly string[] =>
      isSaved ? saved : [...new Set([...open, ...saved])];
    const waitsFor = both(told, known?.waitsFor);
    return {
      ...step,
      holds: both(step.holds, known?.holds),
      ...(waitsFor.length > 0 ? { waitsFor } : {}),
      // Of a step that the page has not been told about yet, the file's count.
      ...(isUnknown && known === undefined ? { isUnknown } : {})
    };
  };
  return {
    ...outline,
    phases: outline.phases.map(phase => ({ ...phase, steps: phase.steps.map(keep) }))
  };
}
