// The content of a phase as it would run now: of a step that is about to run its code, else of the open document, else of the file.
import {
  isParametersCell,
  textOf,
  type OutlineCell,
  type PhaseOutline
} from '../../contract/notebook/outline.js';
import type { StepContent } from '../../contract/rehearsal/step-content.js';
import { sha256 } from '../../record/hash.js';
import { withoutValues } from '../notebook/parameters.js';

/** Where the texts are read. */
export interface ContentSource {
  /** Cells of the file. */
  readonly cells: readonly OutlineCell[];
  /** SHA-256 (hex) of the open document's cells by id, where it tells them. */
  readonly announced?: { readonly [cell: string]: string };
  /** A step that is about to run. */
  readonly admitting?: { readonly step: string; readonly code: string };
}

/** The steps of the phase with every hash that counts as their text. A text that nobody knows has none. */
export function currentContent(phase: PhaseOutline, source: ContentSource): StepContent[] {
  return phase.steps.map(({ id, title }) => ({ id, title, hashes: hashesOf(id, source) }));
}

/** The cells whose values are not part of their content. */
export function parameterCellsIn(cells: readonly OutlineCell[]): ReadonlySet<string> {
  return new Set(cells.filter(isParametersCell).map(({ id }) => id ?? ''));
}

/** The content of a text that has run: of a cell tagged `parameters` without its values. */
export function contentHashOf(text: string, isParameters: boolean): string {
  return sha256(isParameters ? withoutValues(text) : text);
}

function hashesOf(id: string, { cells, announced = {}, admitting }: ContentSource): readonly string[] {
  const cell = cells.find(candidate => candidate.id === id);
  const isParameters = cell !== undefined && isParametersCell(cell);
  const hashesOfText = (text: string): string[] => [
    ...new Set([sha256(text), contentHashOf(text, isParameters)])
  ];
  if (admitting?.step === id) {
    return hashesOfText(admitting.code);
  }
  const saved = cell === undefined ? undefined : textOf(cell.source);
  const open = Object.hasOwn(announced, id) ? announced[id] : undefined;
  if (open !== undefined && (saved === undefined || sha256(saved) !== open)) {
    return [open];
  }
  return saved === undefined ? [] : hashesOfText(saved);
}
