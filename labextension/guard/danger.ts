// Whether running cells needs a question first: all of a production run at once, a step that is marked as destructive, or one that would
// do again what it did.
import type { RunInfo } from '../../contract/base/run.js';
import { formatFew } from '../../contract/base/format.js';
import type { SecondRun } from '../../contract/plans/second-run.js';
import type { Words } from '../page/words.js';

/** A cell that is about to run. */
export interface RunningCell {
  readonly title: string;
  readonly isDestructive: boolean;
}

export interface Intent {
  readonly run: RunInfo | null;
  /** Null while it is not known; a live run then counts as one in production. */
  readonly isProduction: boolean | null;
  /** Code cells, in order. */
  readonly cells: readonly RunningCell[];
  /** All cells of the notebook, or all above or below one. */
  readonly isAll: boolean;
  /** Of the cells those that would do again what they did, as the kernel knows it. */
  readonly again: readonly SecondRun[];
}

export interface Question {
  readonly title: string;
  /** Paragraphs. */
  readonly body: readonly string[];
  /** What is done, under the paragraphs: lists, each with the sentence that stands before it. */
  readonly lists: readonly { readonly about: string; readonly items: readonly string[] }[];
  /** What the button says. */
  readonly accept: string;
}

/** The question, or null when there is nothing to ask. A dry run changes nothing and is never asked about. */
export function questionBefore(
  { run, isProduction, cells, isAll, again }: Intent,
  words: Words
): Question | null {
  if (run?.mode === 'dry-run' || cells.length === 0) {
    return null;
  }
  const destructive = cells.filter(cell => cell.isDestructive);
  const isDangerous = isAll && run?.mode === 'live' && isProduction !== false;
  if (!isDangerous && destructive.length === 0 && again.length === 0) {
    return null;
  }
  const where = run ? `${run.environment} · ${run.release}` : words.__('a scratch notebook');
  const about = {
    again: words.__('These steps would do again what they did:'),
    destructive: words.__('What these steps do cannot simply be undone:')
  };
  return {
    title: isDangerous
      ? words._n('Run %1 step in %2?', 'Run all %1 steps in %2?', cells.length, run.environment)
      : again.length > 0
        ? againTitle(again, words)
        : words._n('Run a destructive step?', 'Run %1 destructive steps?', destructive.length),
    body: [
      words.__('Where: %1', where),
      ...(isDangerous
        ? [
            words.__(
              'Each step begins when the one before has passed. The run stops at failures and hold points.'
            )
          ]
        : [])
    ],
    lists: [
      { about: about.again, items: again.map(each => againText(each, words)) },
      { about: about.destructive, items: destructive.map(cell => cell.title) }
    ].filter(({ items }) => items.length > 0),
    accept: isDangerous ? words.__('Run all') : again.length > 0 ? words.__('Run again') : words.__('Run')
  };
}

function againTitle([first, ...more]: readonly SecondRun[], words: Words): string {
  return more.length === 0
    ? words.__('Run “%1” again?', first!.title)
    : words.__('Run %1 steps again?', more.length + 1);
}

function againText({ title, attempt, outcome, changes }: SecondRun, words: Words): string {
  const what = formatFew(changes, words.__('command'));
  return outcome === 'passed'
    ? words.__('“%1” passed (attempt %2): %3', title, attempt, what)
    : words.__(
        '“%1” is inconclusive (attempt %2), so nobody can tell how much of it was done: %3',
        title,
        attempt,
        what
      );
}

/** A cell is destructive when it has the tag, or `destructive: true` under our key of its metadata. */
export function isDestructive(tags: unknown, record: unknown): boolean {
  const isMarked = (record as { readonly destructive?: unknown } | null | undefined)?.destructive === true;
  return isMarked || (Array.isArray(tags) && tags.includes('destructive'));
}
