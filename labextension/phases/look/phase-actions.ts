// What a person can do from the phases panel: one table. Each action is a command of JupyterLab, so that the palette,
// shortcuts and tests reach it too; a row of the tree gives the command its cell as `{ cell }`, the head gives nothing.
import type { PhaseStatus } from '../../../contract/base/run.js';
import { NEW_RUN } from '../../lifecycle/commands.js';
import { CONTINUE, RESUME, ROLL_BACK, RUN_STEP, SKIP } from '../../resume/commands.js';
import { DONE } from '../../page/status-look.js';
import type { GlyphName } from '../../page/status-glyph.js';
import type { Words } from '../../page/words.js';

export const RUN_PHASE = 'launchbook:run-phase';
export const RELEASE_PHASE = 'launchbook:release-phase';
export const GO_TO_RUNNING = 'launchbook:go-to-running';

/** A button. */
export interface ActionLook {
  readonly command: string;
  readonly label: string;
  readonly caption: string;
  /** Drawn instead of the label where there is little room, or null. */
  readonly glyph: GlyphName | null;
}

interface Action {
  /** `run`: a button in the head of the panel; `phase` and `step`: in the rows. */
  readonly on: 'run' | 'phase' | 'step';
  readonly command: string;
  /** The statuses of the row, or of any phase for `run`, in which it is offered. */
  readonly in: ReadonlySet<PhaseStatus>;
  readonly glyph?: GlyphName;
  /** True: only for a phase that the policy locks until it has been rehearsed. */
  readonly isForUnrehearsed?: boolean;
  /** True: shows first what it would do, to whoever watches too. */
  readonly isPlan?: boolean;
  /** True: not for a step that asks people. */
  readonly isNotForHolds?: boolean;
  label(words: Words, status: PhaseStatus): string;
  caption(words: Words): string;
}

const STANDING: ReadonlySet<PhaseStatus> = new Set([
  'not-started',
  'passed',
  'failed',
  'rejected',
  'inconclusive',
  'stale',
  'skipped'
]);

const ANY: ReadonlySet<PhaseStatus> = new Set([...STANDING, 'begun', 'running', 'waiting', 'locked']);

/** What of it is done can be undone. */
const UNDOABLE: ReadonlySet<PhaseStatus> = new Set(['passed', 'failed', 'rejected', 'inconclusive', 'stale']);

/** In the order of the buttons. The first action of a row is the one of Shift+Enter. */
const ACTIONS: readonly Action[] = [
  {
    on: 'phase',
    command: RUN_PHASE,
    in: new Set([...STANDING, 'begun', 'running']),
    label: (words, status) =>
      status === 'rejected'
        ? words.__('Ask again')
        : DONE.has(status)
          ? words.__('Run again')
          : words.__('Run phase'),
    caption: words => words.__('Run the steps of this phase one after the other (Shift+Enter)')
  },
  {
    on: 'phase',
    command: ROLL_BACK,
    glyph: 'undo',
    isPlan: true,
    in: new Set(['begun', ...UNDOABLE]),
    label: words => words.__('Roll back…'),
    caption: words => words.__('Undo what this phase and those after it did; the plan is shown first')
  },
  {
    on: 'phase',
    command: RELEASE_PHASE,
    in: ANY,
    isForUnrehearsed: true,
    label: words => words.__('Release without rehearsal…'),
    caption: words =>
      words.__('Release this phase against the policy, without the rehearsal that it asks for')
  },
  {
    on: 'step',
    command: RUN_STEP,
    in: STANDING,
    label: (words, status) =>
      status === 'rejected'
        ? words.__('Ask again')
        : status === 'failed'
          ? words.__('Retry')
          : status === 'passed' || status === 'stale'
            ? words.__('Run again')
            : words.__('Run step'),
    caption: words => words.__('Run this step alone (Shift+Enter)')
  },
  {
    on: 'step',
    command: CONTINUE,
    isNotForHolds: true,
    in: new Set(['failed']),
    label: words => words.__('Continue…'),
    caption: words =>
      words.__('Go on where it failed; what has passed in it is not done again. Shows first what that is')
  },
  {
    on: 'step',
    command: SKIP,
    glyph: 'skipped',
    isNotForHolds: true,
    in: new Set(['not-started', 'failed', 'rejected', 'inconclusive', 'stale']),
    label: words => words.__('Skip…'),
    caption: words => words.__('Leave this step out, with a reason that is recorded')
  },
  {
    on: 'step',
    command: ROLL_BACK,
    glyph: 'undo',
    isPlan: true,
    in: UNDOABLE,
    label: words => words.__('Roll back…'),
    caption: words => words.__('Undo what this step and the steps after it did; the plan is shown first')
  },
  {
    on: 'run',
    command: RESUME,
    in: ANY,
    label: words => words.__('Resume…'),
    caption: words => words.__('Bring the variables back, and say how each command ended that was cut off')
  },
  {
    on: 'run',
    command: ROLL_BACK,
    in: STANDING,
    label: words => words.__('Roll back…'),
    caption: words => words.__('Undo what was done since a checkpoint or a step; shows first what that is')
  },
  {
    on: 'run',
    command: NEW_RUN,
    in: ANY,
    label: words => words.__('New run…'),
    caption: words => words.__('Make a fresh run of this runbook')
  },
  {
    on: 'run',
    command: GO_TO_RUNNING,
    in: new Set(['running']),
    label: words => words.__('Go to what runs'),
    caption: words => words.__('Go to the cell that runs now')
  }
];

/** The actions that are offered on something in this status. */
export function actionsOf(
  on: Action['on'],
  status: PhaseStatus,
  words: Words,
  {
    isUnrehearsed = false,
    isHold = false,
    offers = 'everything'
  }: {
    readonly isUnrehearsed?: boolean;
    readonly isHold?: boolean;
    readonly offers?: 'everything' | 'plans' | 'nothing';
  } = {}
): readonly ActionLook[] {
  return ACTIONS.filter(
    action =>
      action.on === on &&
      action.in.has(status) &&
      (isUnrehearsed || action.isForUnrehearsed !== true) &&
      !(isHold && action.isNotForHolds === true) &&
      (offers === 'everything' || (offers === 'plans' && action.isPlan === true))
  ).map(action => ({
    command: action.command,
    label: action.label(words, status),
    caption: action.caption(words),
    glyph: action.glyph ?? null
  }));
}

/** What the buttons of the head depend on. */
export interface RunOffers {
  /** Of all steps. */
  readonly statuses: readonly PhaseStatus[];
  /** Variables are lost or an effect was cut off, and a kernel is there. */
  readonly needsResume: boolean;
  /** A checkpoint has been reached or an undo step is left, and a kernel is there. */
  readonly canRollBack: boolean;
  /** The run is archived, or this is a runbook of which runs are made. */
  readonly canMakeRun: boolean;
}

/** The actions of the head: those that fit any step, and for which there is something to do. */
export function runActionsOf(offers: RunOffers, words: Words): readonly ActionLook[] {
  const isOffered: { readonly [command: string]: boolean } = {
    [NEW_RUN]: offers.canMakeRun,
    [RESUME]: offers.needsResume,
    [ROLL_BACK]: offers.canRollBack && !offers.statuses.includes('running')
  };
  const offered = [...new Set(offers.statuses)].flatMap(status => actionsOf('run', status, words));
  return offered.filter(
    (action, index) =>
      (isOffered[action.command] ?? true) &&
      offered.findIndex(other => other.command === action.command) === index
  );
}
