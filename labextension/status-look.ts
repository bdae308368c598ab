// One glyph, one word and one tone for each status, the same in the notebook, the panel and the timestamps.
// The tone chooses a colour; glyph and word say the same without it.
import type { PhaseStatus } from '../contract/run.js';
import type { Words } from './words.js';

/** Everything that has a glyph: a step's or phase's status, and what only a single execution can be. */
export type StatusName = PhaseStatus | 'queued' | 'aborted' | 'interrupted' | 'refused';

/** `attention` is for people: something waits for them. */
export type Tone = 'quiet' | 'active' | 'attention' | 'good' | 'bad';

const TONES: Record<StatusName, Tone> = {
  'not-started': 'quiet',
  queued: 'quiet',
  running: 'active',
  waiting: 'attention',
  passed: 'good',
  failed: 'bad',
  rejected: 'bad',
  inconclusive: 'attention',
  interrupted: 'attention',
  refused: 'attention',
  stale: 'attention',
  skipped: 'quiet',
  aborted: 'quiet',
  locked: 'quiet'
};

/** The tone of a status. */
export function toneOf(status: StatusName): Tone {
  return TONES[status];
}

/** The word of a status, in the language of the user. */
export function wordOf(status: StatusName, words: Words): string {
  let table = tables.get(words);
  if (!table) {
    table = tableIn(words);
    tables.set(words, table);
  }
  return table[status];
}

/** A long run asks for a thousand words at a time, and a translation takes its time. */
const tables = new WeakMap<Words, Record<StatusName, string>>();

function tableIn(words: Words): Record<StatusName, string> {
  return {
    'not-started': words.__('not started'),
    queued: words.__('queued'),
    running: words.__('running'),
    waiting: words.__('waiting'),
    passed: words.__('passed'),
    failed: words.__('failed'),
    rejected: words.__('rejected'),
    inconclusive: words.__('inconclusive'),
    interrupted: words.__('interrupted'),
    stale: words.__('stale'),
    skipped: words.__('skipped'),
    aborted: words.__('not run'),
    refused: words.__('refused'),
    locked: words.__('locked')
  };
}
