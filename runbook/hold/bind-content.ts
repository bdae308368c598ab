// What an approval is bound to, read from the notebook, the journal and the open document. A change of any of it makes the approval
// stale. Texts count as content in three forms: saved, executed, and open in a front end; saving what was executed changes nothing.
import type { BoundCell, ContentBinding } from '../../contract/content-binding.js';
import type { Evidence } from '../../contract/hold.js';
import { phaseOfStep, textOf, type Outline, type OutlineCell } from '../../contract/outline.js';
import type { RunInfo } from '../../contract/run.js';
import type { RunState } from '../../contract/state.js';
import { sha256 } from '../hash.js';
import { stableText } from './content-hash.js';

/** What a notebook says. */
export interface NotebookContent {
  readonly run: RunInfo | null;
  readonly outline: Outline;
  readonly cells: readonly OutlineCell[];
}

/** Where the content is read from. */
export interface BindingSource {
  readonly content: NotebookContent;
  readonly state: RunState;
  /** SHA-256 of the open document's cells by id; empty when no front end told them. */
  readonly sources: { readonly [cell: string]: string };
  /** A step that is about to run, and the SHA-256 of its text. */
  readonly admitting?: { readonly step: string; readonly hash: string };
}

/** What is shown to the approver: already hashed when an earlier binding is compared. */
export type ShownToApprover = Pick<ContentBinding, 'evidence' | 'question'>;

/** Binds the approval that `step` asks for. Outputs, metadata and prose outside of the phase are not read. */
export function bindContent(source: BindingSource, step: string, shown: ShownToApprover): ContentBinding {
  const { content } = source;
  const { run, outline, cells } = content;
  const phase = phaseOfStep(outline, step);
  const inPhase = phase ? cellsOfPhase(content, phase.id, new Set(phase.steps.map(({ id }) => id))) : [];
  const bind = (cell: OutlineCell): BoundCell => boundCell(source, cell);
  return {
    isWhole: phase !== undefined,
    cells: phase ? inPhase.map(bind) : [boundCell(source, { id: step, cell_type: 'code', source: '' }, true)],
    parameterCells: cells.filter(cell => isTagged(cell) && !inPhase.includes(cell)).map(bind),
    phases: outline.phases.map(({ id }) => id),
    environment: run?.environment ?? null,
    release: run?.release ?? null,
    parameters: Object.fromEntries(
      Object.entries(run?.parameters ?? {}).map(([name, value]) => {
        const text = stableText(value);
        return [name, { text, hash: sha256(text) }];
      })
    ),
    ...shown
  };
}

/** The parts of a binding that only the asking cell knows. */
export function bindShown(question: string, evidence: readonly Evidence[]): ShownToApprover {
  return {
    question: sha256(question),
    evidence: Object.fromEntries(evidence.map(({ label, text }) => [label, sha256(text)]))
  };
}

/** The heading, the steps, and the prose between them. */
function cellsOfPhase(content: NotebookContent, phase: string, steps: ReadonlySet<string>): OutlineCell[] {
  const { cells } = content;
  const first = cells.findIndex(cell => cell.id === phase);
  const last = cells.findLastIndex(cell => steps.has(cell.id ?? ''));
  return cells.filter(
    (cell, index) =>
      steps.has(cell.id ?? '') ||
      index === first ||
      (cell.cell_type === 'markdown' && first >= 0 && index > first && index < last)
  );
}

function boundCell(source: BindingSource, cell: OutlineCell, isUnsaved = false): BoundCell {
  const id = cell.id ?? '';
  const executed =
    source.admitting?.step === id
      ? source.admitting.hash
      : source.state.steps[id]?.attempts.at(-1)?.sourceHash;
  const hashes = [
    ...(isUnsaved ? [] : [fileHash(cell)]),
    ...(executed === undefined ? [] : [executed]),
    ...(source.sources[id] === undefined ? [] : [source.sources[id]])
  ];
  return { id, type: cell.cell_type, title: titleOf(cell), hashes: [...new Set(hashes)].sort() };
}

/** Cells of a file that has not changed are the same objects. */
const hashes = new WeakMap<OutlineCell, string>();

function fileHash(cell: OutlineCell): string {
  const known = hashes.get(cell) ?? sha256(textOf(cell.source));
  hashes.set(cell, known);
  return known;
}

function titleOf(cell: OutlineCell): string {
  const line = textOf(cell.source)
    .split('\n')
    .find(candidate => candidate.trim() !== '');
  return (line ?? '').replace(/^\s*(#+|\/\/+)\s*/, '').slice(0, 60);
}

function isTagged(cell: OutlineCell): boolean {
  const tags = cell.metadata?.['tags'];
  return cell.cell_type === 'code' && Array.isArray(tags) && tags.includes('parameters');
}
