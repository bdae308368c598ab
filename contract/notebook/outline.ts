// The outline of a runbook: phases (Markdown headings) and the steps (code cells) under them.
// One pure function, so that kernel, extension and command cannot disagree about what belongs where.
import { guessLength } from './guess-lines.js';
import { isOutsideOfOrder, isTaggedOptional } from './optional-step.js';
import type { FactsOf, HelperCall } from './source-facts.js';

/** A cell as far as the outline needs it; an nbformat cell fits. */
export interface OutlineCell {
  readonly id?: string;
  readonly cell_type: string;
  readonly source: string | readonly string[];
  readonly metadata?: { readonly [key: string]: unknown };
}

/** A code cell. */
export interface StepOutline {
  /** The cell's id. */
  readonly id: string;
  readonly title: string;
  /** Names of the approvals that the source asks for, for example `["QA sign-off"]`. */
  readonly holds: readonly string[];
  /** Names of the checklists and tasks that it waits for. Absent: none. */
  readonly waitsFor?: readonly string[];
  /** The facts of its text are not known here yet, so nobody can say whether it holds. Absent: they are. */
  readonly isUnknown?: true;
  /** It has no place in the order: it waits for no step, and no step waits for it. Absent: it has. */
  readonly isOptional?: true;
}

/** A heading and the code cells under it. */
export interface PhaseOutline {
  /** Id of the Markdown cell that holds the heading, or `start` for cells before the first heading. */
  readonly id: string;
  readonly title: string;
  readonly steps: readonly StepOutline[];
}

/** All phases in document order. */
export interface Outline {
  readonly title: string;
  readonly phases: readonly PhaseOutline[];
  /**
   * How a hold point locks what comes after it: by the outcome of the step that asks. Absent in records of earlier versions: by the names
   * of the approvals that the step's text calls.
   */
  readonly locks?: 'outcome';
}

/** Id of the phase that the code cells before the first heading form. */
export const START_PHASE = 'start';

/** Stands for a hold point whose name is not a plain text in the source. */
export const UNNAMED_HOLD = 'hold point';

/** Begins the id of a step that is in no notebook: a cell of a console, or sent by a program. It is never replayed. */
export const UNNAMED_STEP = 'unnamed-';

const UNDO_STEP = 'undo:';
/** Journals of earlier versions kept the undo steps of one way back as attempts of one such step. */
const REWIND_STEP = 'rewind: ';

/** The step under which attempts of an undo step are kept: its effects need an attempt that they belong to. */
export function undoStepOf(rollback: string): string {
  return `${UNDO_STEP}${rollback}`;
}

/** The undo step whose attempts are kept under this step, or null. */
export function rollbackOfStep(step: string): string | null {
  return step.startsWith(UNDO_STEP) ? step.slice(UNDO_STEP.length) : null;
}

/** True for a step that is a cell of the notebook: the others cannot be evaluated again. */
export function isCellStep(step: string): boolean {
  return ![UNNAMED_STEP, UNDO_STEP, REWIND_STEP].some(prefix => step.startsWith(prefix));
}

/** What the outline of a notebook without cells looks like. */
export const EMPTY_OUTLINE: Outline = { title: '', phases: [] };

/**
 * Reads phases and steps from the cells of a notebook.
 *
 * A phase begins at a Markdown cell with a heading of `level`; code cells before the first one form the phase
 * `start`, which is left out when it is empty. Headings inside fenced code do not count, and an empty code cell is no step.
 *
 * @param factsOf - What the texts say; the kernel and the command find it (`readOutline`), a page is told.
 * @param level - Heading level of phases, 1 to 6. @default 2
 * @example
 * outlineOf([{ id: 'a', cell_type: 'markdown', source: '## Deploy' }, { id: 'b', cell_type: 'code', source: 'await $`true`' }], factsOf)
 * // { title: '', phases: [{ id: 'a', title: 'Deploy', steps: [{ id: 'b', title: 'await $`true`', holds: [] }] }], locks: 'outcome' }
 */
export function outlineOf(cells: readonly OutlineCell[], factsOf: FactsOf, level = 2): Outline {
  let title = '';
  let prose = '';
  let isOptionalPhase = false;
  const phases: { id: string; title: string; steps: StepOutline[] }[] = [
    { id: START_PHASE, title: 'Start', steps: [] }
  ];
  cells.forEach((cell, index) => {
    const source = textOf(cell.source);
    if (cell.cell_type === 'markdown') {
      const headings = headingsOf(source);
      title ||= headings.find(heading => heading.level === 1)?.text ?? '';
      const phase = headings.find(heading => heading.level === level);
      if (phase) {
        phases.push({ id: cell.id ?? `cell-${index}`, title: phase.text, steps: [] });
        isOptionalPhase = isTaggedOptional(cell.metadata);
      }
      prose = headings.find(heading => heading.level > level)?.text ?? '';
    } else if (cell.cell_type === 'code' && source.trim() !== '' && !isCellOfArchive(cell)) {
      const steps = phases[phases.length - 1]!.steps;
      steps.push({
        id: cell.id ?? `cell-${index}`,
        title: prose || firstLineOf(source.slice(guessLength(source))),
        ...holdsIn(source, factsOf),
        ...(isOptionalPhase || isTaggedOptional(cell.metadata) || isOutsideOfOrder(source)
          ? { isOptional: true as const }
          : {})
      });
      prose = '';
    }
  });
  const filled = phases.filter((phase, index) => index > 0 || phase.steps.length > 0);
  return { title, phases: filled, locks: 'outcome' };
}

/** Names of everything that a step asks people; none for one that does not hold. */
export function questionsOf({
  holds,
  waitsFor = []
}: Pick<StepOutline, 'holds' | 'waitsFor'>): readonly string[] {
  return [...holds, ...waitsFor];
}

/** The step with this id, else the first with this title; undefined when there is none. */
export function stepNamed(outline: Outline, name: string): StepOutline | undefined {
  const steps = outline.phases.flatMap(phase => phase.steps);
  return steps.find(({ id }) => id === name) ?? steps.find(({ title }) => title === name);
}

/** The phase that a step belongs to, or undefined for a cell that the outline does not know. */
export function phaseOfStep(outline: Outline, step: string): PhaseOutline | undefined {
  return outline.phases.find(phase => phase.steps.some(candidate => candidate.id === step));
}

/** True when both outlines have the same phases, steps and hold points in the same order. */
export function isSameOutline(a: Outline, b: Outline): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** An nbformat source, which is one string or a list of lines, as one string. */
export function textOf(source: string | readonly string[]): string {
  return typeof source === 'string' ? source : source.join('');
}

function holdsIn(source: string, factsOf: FactsOf): Pick<StepOutline, 'holds' | 'waitsFor' | 'isUnknown'> {
  const facts = factsOf(source);
  if (facts === null) {
    return { holds: [], isUnknown: true };
  }
  // What asks in a way that nobody can follow cannot run; it locks what comes after it.
  const isHidden = facts.indirect.length + facts.redeclared.length > 0;
  const namesOf = (calls: readonly HelperCall[]): string[] => calls.map(({ name }) => name || UNNAMED_HOLD);
  const waitsFor = namesOf(facts.holds.filter(({ helper }) => helper !== 'approval'));
  return {
    holds: [
      ...namesOf(facts.holds.filter(({ helper }) => helper === 'approval')),
      ...(isHidden ? [UNNAMED_HOLD] : [])
    ],
    ...(waitsFor.length > 0 ? { waitsFor } : {})
  };
}

/**
 * True for a cell that `launchbook archive` has added: the summary, the picture of the run, and the record of a step whose cell is gone, which
 * are no steps. Anybody can write its mark, so a cell with code is none.
 */
export function isCellOfArchive({ id, cell_type, metadata, source }: OutlineCell): boolean {
  const record = metadata?.['launchbook'] as { archive?: unknown } | undefined;
  const lines = textOf(source).split('\n');
  return (
    (record?.archive === 'summary' && id === 'launchbook-summary' && cell_type === 'markdown') ||
    (((record?.archive === 'timeline' && id === 'launchbook-timeline') ||
      (record?.archive === 'recorded' && /^launchbook-recorded-\d+$/.test(id ?? ''))) &&
      cell_type === 'code' &&
      lines.every(line => /^(\/\/.*)?$/.test(line)))
  );
}

function headingsOf(markdown: string): { level: number; text: string }[] {
  const headings = [];
  let fence = '';
  for (const line of markdown.split('\n')) {
    const mark = /^\s{0,3}(```+|~~~+)/.exec(line)?.[1] ?? '';
    if (mark && (!fence || line.trim().startsWith(fence))) {
      fence = fence ? '' : mark;
    } else if (!fence) {
      const heading = /^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$/.exec(line);
      if (heading) {
        headings.push({ level: heading[1]!.length, text: plainTextOf(heading[2]!) });
      }
    }
  }
  return headings;
}

/** As Jupyter renders it: what stands in backticks is itself, elsewhere tags have no text and entities are their sign. */
function plainTextOf(markdown: string): string {
  return markdown
    .slice(0, 1000)
    .replace(
      /(`+)(.+?)\1|<!--.*?-->|<\/?[a-z][^<>]*>|&(#?\w+);/gi,
      (whole, _marks, code: string, entity: string) =>
        code !== undefined ? hidden(code) : entity !== undefined ? (signOf(entity) ?? whole) : ''
    )
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*_`]/g, '')
    .replace(/[\uE000-\uE07F]/g, sign => String.fromCharCode(sign.charCodeAt(0) - HIDING))
    .trim();
}

/** Private code points stand for signs that mean nothing in code. */
const HIDING = 0xe000;

function hidden(code: string): string {
  return code.replace(/[*_[\]()]/g, sign => String.fromCharCode(sign.charCodeAt(0) + HIDING));
}

function signOf(entity: string): string | null {
  const code = /^#x([\da-f]{1,6})$/i.exec(entity)?.[1];
  const decimal = /^#(\d{1,7})$/.exec(entity)?.[1];
  const point = code !== undefined ? parseInt(code, 16) : decimal !== undefined ? Number(decimal) : null;
  return point !== null && point > 31 && point <= 0x10ffff
    ? String.fromCodePoint(point)
    : (ENTITIES[entity.toLowerCase()] ?? null);
}

const ENTITIES: { readonly [name: string]: string } = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  rarr: '→',
  hellip: '…'
};

function firstLineOf(source: string): string {
  const line =
    source
      .split('\n')
      .find(candidate => candidate.trim() !== '')
      ?.trim() ?? '(empty)';
  const comment = /^\/\/+\s*(.+)$/.exec(line)?.[1];
  const letters = Array.from(comment ?? line);
  return letters.length > MOST_LETTERS
    ? `${letters
        .slice(0, MOST_LETTERS - 1)
        .join('')
        .trimEnd()}…`
    : letters.join('');
}

/** Of a title that is the first line of a cell. */
const MOST_LETTERS = 80;

/** True for a cell tagged `parameters`, whose values `launchbook new` sets. */
export function isParametersCell(cell: OutlineCell): boolean {
  const tags = cell.metadata?.['tags'];
  return cell.cell_type === 'code' && Array.isArray(tags) && tags.includes('parameters');
}
