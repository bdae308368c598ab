// What a person has to do before cells can run after a loss. The kernel refuses them as well; asking before they are sent keeps
// what a cell shows: JupyterLab empties it as soon as it is run.
import type { RunState } from '../../contract/state/state.js';
import type { Words } from '../page/words.js';
import { openEffects } from './resume-look.js';

/** A cell that is about to run. */
export interface CellToRun {
  readonly id: string;
  readonly source: string;
}

/** Why the cells do not run now. `canResume`: a button that resumes. */
export interface Obstacle {
  readonly title: string;
  readonly text: string;
  readonly canResume: boolean;
}

/** The obstacle, or null. In a scratch notebook there is none; `isRun` is false there. */
export function obstacleOf(
  cells: readonly CellToRun[],
  state: RunState,
  isRun: boolean,
  words: Words
): Obstacle | null {
  const steps = cells.filter(({ source }) => !isLineCommand(source));
  if (!isRun || steps.length === 0) {
    return null;
  }
  if (state.recovery?.resume) {
    return {
      title: words.__('The variables are being brought back'),
      text: words.__('Run the cells when that has ended. Nothing was run.'),
      canResume: false
    };
  }
  if (state.recovery) {
    return {
      title: words.__('Resume first'),
      text: words.__(
        'The variables of %1 finished steps are gone with their process. Resume brings them back and does nothing twice. Nothing was run.',
        state.recovery.lost.length
      ),
      canResume: true
    };
  }
  const ids = new Set(steps.map(({ id }) => id));
  const open = openEffects(state).find(({ step }) => ids.has(step));
  return open
    ? {
        title: words.__('First say what became of it'),
        text: words.__('“%1” has no recorded end. Nothing was run.', open.label),
        canResume: true
      }
    : null;
}

/** `%resume` and its siblings are for this very moment. */
function isLineCommand(source: string): boolean {
  return source.trim() === '' || source.trimStart().startsWith('%');
}
