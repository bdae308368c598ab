// The outline of a runbook: phases (Markdown headings) and the steps (code cells) under them.
// One pure function, so that kernel, extension and command cannot disagree about what belongs where.

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
  /** Names of the hold points that the source calls, for example `["QA sign-off"]`. */
  readonly holds: readonly string[];
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
}

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
 * `start`, which is left out when it is empty. Headings inside fenced code do not count.
 *
 * @param level - Heading level of phases, 1 to 6. @default 2
 * @example
 * outlineOf([{ id: 'a', cell_type: 'markdown', source: '## Deploy' }, { id: 'b', cell_type: 'code', source: 'await $`true`' }])
 * // { title: '', phases: [{ id: 'a', title: 'Deploy', steps: [{ id: 'b', title: 'await $`true`', holds: [] }] }] }
 */
export function outlineOf(cells: readonly OutlineCell[], level = 2): Outline {
  let title = '';
  let prose = '';
  const phases: { id: string; title: string; steps: StepOutline[] }[] = [
    { id: 'start', title: 'Start', steps: [] }
  ];
  cells.forEach((cell, index) => {
    const source = textOf(cell.source);
    if (cell.cell_type === 'markdown') {
      const headings = headingsOf(source);
      title ||= headings.find(heading => heading.level === 1)?.text ?? '';
      const phase = headings.find(heading => heading.level === level);
      if (phase) {
        phases.push({ id: cell.id ?? `cell-${index}`, title: phase.text, steps: [] });
      }
      prose = headings.find(heading => heading.level > level)?.text ?? '';
    } else if (cell.cell_type === 'code' && !isOfArchive(cell)) {
      const steps = phases[phases.length - 1]!.steps;
      steps.push({
        id: cell.id ?? `cell-${index}`,
        title: prose || firstLineOf(source),
        holds: holdsOf(source)
      });
      prose = '';
    }
  });
  return { title, phases: phases.filter((phase, index) => index > 0 || phase.steps.length > 0) };
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

/** The names in `approval('…')` calls; a name that is not a plain text is `hold point`. Comments do not count. */
export function holdsOf(source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\/|(^|[^:'"`\\])\/\/[^\n]*/g, '$1');
  const calls = code.matchAll(/(?:^|[^\w.$])approval\s*\(\s*(?:(['"`])((?:\\.|(?!\1)[^\\])*)\1)?/g);
  return [...calls].map(call => call[2]?.replace(/\\(.)/g, '$1') || UNNAMED_HOLD);
}

/** `launchbook archive` adds a cell with a picture of the run, which is no step. */
function isOfArchive(cell: OutlineCell): boolean {
  const record = cell.metadata?.['launchbook'] as { archive?: unknown } | undefined;
  return record?.archive !== undefined;
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

function plainTextOf(markdown: string): string {
  return markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*_`]/g, '')
    .trim();
}

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
