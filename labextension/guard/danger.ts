// Whether running cells needs a question first: all of a production run at once, or a step that is marked as destructive.
import type { RunInfo } from '../../contract/run.js';
import type { Words } from '../words.js';

/** A cell that is about to run. */
export interface RunningCell {
  readonly title: string;
  readonly isDestructive: boolean;
}

export interface Intent {
  readonly run: RunInfo | null;
  /** Null while no kernel has said: a live run is then taken for one in production. */
  readonly isProduction: boolean | null;
  /** Code cells, in order. */
  readonly cells: readonly RunningCell[];
  /** All cells of the notebook, or all above or below one. */
  readonly isAll: boolean;
}

export interface Question {
  readonly title: string;
  /** Paragraphs. */
  readonly body: readonly string[];
  /** Titles of the destructive steps, under the paragraphs. */
  readonly destructive: readonly string[];
  /** What the button says. */
  readonly accept: string;
}

/** The question, or null when there is nothing to ask. A dry run changes nothing and is never asked about. */
export function questionBefore({ run, isProduction, cells, isAll }: Intent, words: Words): Question | null {
  if (run?.mode === 'dry-run' || cells.length === 0) {
    return null;
  }
  const destructive = cells.filter(cell => cell.isDestructive);
  const isDangerous = isAll && run?.mode === 'live' && isProduction !== false;
  if (!isDangerous && destructive.length === 0) {
    return null;
  }
  const where = run ? `${run.environment} · ${run.release}` : words.__('a scratch notebook');
  return {
    title: isDangerous
      ? words._n('Run %1 step in %2?', 'Run all %1 steps in %2?', cells.length, run.environment)
      : words._n('Run a destructive step?', 'Run %1 destructive steps?', destructive.length),
    body: [
      words.__('Where: %1', where),
      ...(isDangerous
        ? [
            words.__(
              'Each step begins when the one before has passed. The run stops at failures and hold points.'
            )
          ]
        : []),
      ...(destructive.length > 0 ? [words.__('What these do cannot simply be undone:')] : [])
    ],
    destructive: destructive.map(cell => cell.title),
    accept: isDangerous ? words.__('Run all') : words.__('Run')
  };
}

/** A cell is destructive when it has the tag, or `destructive: true` under our key of its metadata. */
export function isDestructive(tags: unknown, record: unknown): boolean {
  const isMarked = (record as { readonly destructive?: unknown } | null | undefined)?.destructive === true;
  return isMarked || (Array.isArray(tags) && tags.includes('destructive'));
}
