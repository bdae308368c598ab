// One voice: how each state is called and drawn, for the panel, the cell, status, board, chat, archive and report alike.
import type { PhaseStatus } from '../base/run.js';

/** A step's or phase's state, and what only a single execution can be. */
export type StatusName = PhaseStatus | 'queued' | 'aborted' | 'interrupted' | 'refused';

/** Chooses a colour; word and glyph say the same without it. `attention` is for people: something waits for them. */
export type Tone = 'quiet' | 'active' | 'attention' | 'good' | 'bad';

/** How a state is told. */
export interface StatusWords {
  /** One or two words, as in “passed”. */
  readonly word: string;
  /** What follows the title of a step in a sentence, without a full stop. */
  readonly sentence: string;
  /** One character for a terminal and a chat. */
  readonly glyph: string;
  /** One character for a file: GitHub shows these alike on every system. */
  readonly mark: '☑' | '☐' | '✗' | '?';
  readonly tone: Tone;
}

/** Every state. */
export const STATUS_WORDS: { readonly [status in StatusName]: StatusWords } = {
  'not-started': row('not started', 'has not started', '·', '☐', 'quiet'),
  queued: row('queued', 'waits for its turn', '·', '☐', 'quiet'),
  begun: row('begun', 'has begun, and nothing of it runs now', '◐', '☐', 'quiet'),
  running: row('running', 'runs', '▶', '☐', 'active'),
  waiting: row('waiting', 'is held: nobody has decided yet', '◔', '☐', 'attention'),
  passed: row('passed', 'has passed', '✓', '☑', 'good'),
  failed: row('failed', 'failed', '✗', '✗', 'bad'),
  rejected: row('rejected', 'was rejected', '⊘', '✗', 'bad'),
  inconclusive: row(
    'inconclusive',
    'has no known end; a person must say whether it succeeded',
    '?',
    '?',
    'attention'
  ),
  interrupted: row('interrupted', 'was interrupted', '?', '?', 'attention'),
  refused: row('refused', 'was refused: nothing of it has run', '⊘', '☐', 'attention'),
  stale: row('stale', 'is stale: what it built on has changed', '↻', '☐', 'attention'),
  skipped: row('skipped', 'was left out', '»', '☐', 'quiet'),
  aborted: row('not run', 'was not run', '·', '☐', 'quiet'),
  locked: row('locked', 'is locked', '▪', '☐', 'quiet')
};

function row(
  word: string,
  sentence: string,
  glyph: string,
  mark: StatusWords['mark'],
  tone: Tone
): StatusWords {
  return { word, sentence, glyph, mark, tone };
}

/** The words of a state; of one that a later version knows its name. */
export function statusWords(status: string): StatusWords {
  return Object.hasOwn(STATUS_WORDS, status)
    ? STATUS_WORDS[status as StatusName]
    : row(status.replaceAll('-', ' '), `is ${status.replaceAll('-', ' ')}`, '·', '☐', 'quiet');
}
