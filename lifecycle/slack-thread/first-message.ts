// The message that begins the thread, and is edited as the run goes on: its state in one look, in the words of the status.
import { formatUtc } from '../../contract/base/format.js';
import { describePerson } from '../../contract/base/person.js';
import type { PhaseSummary } from '../../contract/state/phase-status.js';
import { brokenGlassesOf } from '../../contract/state/broken-glass.js';
import type { RunState } from '../../contract/state/state.js';
import { statusWords } from '../../contract/state/status-words.js';
import { describeAct, type ActFacts } from '../facts/acts/act-facts.js';
import { CIRCLES } from '../status/format/as-slack.js';
import { headingOf } from '../status/format/sentences.js';
import { judgeHealth } from '../status/health.js';
import { breakGlassOf, undoingOf, weakenedOf } from '../status/summarize-run.js';
import { whyStopped } from '../status/why-stopped.js';
import { awaitedBy } from '../status/waits.js';
import type { ThreadWriter } from './thread-writer.js';

/** What it is written of. */
export interface FirstMessageFacts {
  readonly state: RunState;
  readonly phases: readonly PhaseSummary[];
  /** The last act of rolling back while steps are stale by it; null when none is. */
  readonly rolledBack: ActFacts | null;
}

/** Says nothing that changes with the time alone, so that it is edited only when something has happened. */
export function firstMessage({ state, phases, rolledBack }: FirstMessageFacts, writer: ThreadWriter): string {
  const waiting = phases.flatMap(phase => phase.waiting);
  const health = judgeHealth({
    whyStopped: step => whyStopped(state, step),
    phases,
    lost: null,
    // They stand below, without how long they wait.
    waiting: [],
    silence: null,
    abandoned: null,
    isTorn: false,
    breakGlass: breakGlassOf(brokenGlassesOf(state)),
    unrehearsed: null,
    weakened: weakenedOf(state.policy?.changes ?? []),
    unsound: null,
    recovery: state.recovery,
    archived: state.archived ? formatUtc(state.archived.at) : null,
    undoing: state.undoing && undoingOf(state.undoing),
    rolledBack: rolledBack && describeAct(rolledBack),
    hasBegun: Object.keys(state.steps).length > 0
  });
  const heading = headingOf({ run: state.run, title: state.outline.title || state.notebook });
  const { driver, openedAt } = state;
  return writer.message([
    `${CIRCLES[health.color]} *${writer.text(heading)}*: ${writer.text(health.reason)}${writer.link(null)}`,
    writer.text(phases.map(({ status, title }) => `${statusWords(status).glyph} ${title}`).join('  ')),
    ...waiting.map(hold => `*Waits* ${writer.text(`${hold.name}, for ${awaitedBy(hold, hold.changedAt)}`)}`),
    ...(driver ? [`*Driver* ${writer.text(describePerson(driver.person))}`] : []),
    ...(openedAt ? [`*Begun* ${formatUtc(openedAt)}`] : [])
  ]);
}
