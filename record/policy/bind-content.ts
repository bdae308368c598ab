// What an approval is bound to, read from the notebook, the journal and the open document. A change of any of it makes the approval
// stale. Texts count as content in three forms: saved, executed, and open in a front end; saving what was executed changes nothing.
import type { BoundCell, ContentBinding } from '../../contract/holds/content-binding.js';
import type { Evidence } from '../../contract/holds/hold.js';
import {
  isParametersCell,
  phaseOfStep,
  textOf,
  type Outline,
  type OutlineCell,
  type PhaseOutline
} from '../../contract/notebook/outline.js';
import type { RunInfo } from '../../contract/base/run.js';
import type { RunState } from '../../contract/state/state.js';
import { sha256 } from '../hash.js';
import { stableText } from '../../contract/base/stable-text.js';

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

/** Binds the approval that `step` asks for: the cells of its phase, those that it releases, the parameters. Outputs, metadata and other prose are not read. */
export function bindContent(source: BindingSource, step: string, shown: ShownToApprover): ContentBinding {
  return bind(source, step, shown, 'next-hold');
}

/** Binds the content of now in the way of `bound`, so that the two can be compared. */
export function bindLike(bound: ContentBinding, source: BindingSource, step: string): ContentBinding {
  const { evidence, question, reach, phase } = bound;
  const now = bind(source, step, { evidence, question }, reach);
  // A file that does not know the step cannot say where it is.
  return now.isWhole || phase === undefined ? now : { ...now, phase };
}

function bind(
  source: BindingSource,
  step: string,
  shown: ShownToApprover,
  reach: ContentBinding['reach']
): ContentBinding {
  const { content } = source;
  const { run, outline, cells } = content;
  const phase = phaseOfStep(outline, step);
  const steps = phase ? stepsWithin(outline, phase, step, reach) : new Set<string>();
  const within = phase ? cellsOf(content, phase.id, steps, reach) : [];
  const toBound = (cell: OutlineCell): BoundCell => boundCell(source, cell);
  const isIn = ({ steps: own }: PhaseOutline): boolean => own.some(({ id }) => steps.has(id));
  return {
    isWhole: phase !== undefined,
    cells: phase
      ? within.map(toBound)
      : [boundCell(source, { id: step, cell_type: 'code', source: '' }, true)],
    parameterCells: cells.filter(cell => isParametersCell(cell) && !within.includes(cell)).map(toBound),
    phases: outline.phases.filter(each => reach === undefined || isIn(each)).map(({ id }) => id),
    ...(reach === undefined ? {} : { reach, phase: phase?.title ?? '' }),
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

/** The steps of the phase, and those after the step that asks up to the next one that holds; what that one does before it asks is released too. */
function stepsWithin(
  outline: Outline,
  phase: PhaseOutline,
  step: string,
  reach: ContentBinding['reach']
): ReadonlySet<string> {
  const own = phase.steps.map(({ id }) => id);
  const all = outline.phases.flatMap(each => each.steps);
  const asking = all.findIndex(({ id }) => id === step);
  const next = all.findIndex(({ holds }, index) => index > asking && holds.length > 0);
  const released = all.slice(asking, next < 0 ? undefined : next + 1).map(({ id }) => id);
  return new Set(reach === undefined ? own : [...own, ...released]);
}

/** The heading of the phase, the steps, and what stands between them: prose, and in newer journals raw text too. */
function cellsOf(
  content: NotebookContent,
  phase: string,
  steps: ReadonlySet<string>,
  reach: ContentBinding['reach']
): OutlineCell[] {
  const { cells } = content;
  const first = cells.findIndex(cell => cell.id === phase);
  const last = cells.findLastIndex(cell => steps.has(cell.id ?? ''));
  return cells.filter(
    (cell, index) =>
      steps.has(cell.id ?? '') ||
      index === first ||
      ((reach === undefined ? cell.cell_type === 'markdown' : cell.cell_type !== 'code') &&
        first >= 0 &&
        index > first &&
        index < last)
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
