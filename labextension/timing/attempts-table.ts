// Every attempt of a cell as a table, newest first: what the tooltip of the line tells, for keyboards and screen readers too.
import { formatDuration, formatUtc } from '../../contract/base/format.js';
import { makeElement } from '../page/element.js';
import { wordOf, type StatusName } from '../page/status-look.js';
import type { Words } from '../page/words.js';
import type { CellTiming } from './cell-timing.js';

interface AttemptRow {
  readonly n: number;
  readonly status: StatusName;
  readonly queued: string;
  readonly started: string | null;
  readonly ended: string | null;
  readonly by: string;
}

/** A table, or a sentence when the cell never ran. `reasons`: why attempts did not pass, by their numbers, as far as the journal tells. */
export function makeAttemptsTable(
  timing: CellTiming | null,
  reasons: ReadonlyMap<number, string>,
  words: Words
): HTMLElement {
  if (!timing) {
    return makeElement('p', { text: words.__('This cell has not been run yet. Run it with Ctrl+Enter.') });
  }
  const head = [
    words.__('Attempt'),
    words.__('Outcome'),
    words.__('Queued'),
    words.__('Started'),
    words.__('Ended'),
    words.__('Took'),
    words.__('By'),
    ...(reasons.size > 0 ? [words.__('Reason')] : [])
  ];
  const table = makeElement(
    'table',
    { class: 'lb-Attempts' },
    makeElement(
      'thead',
      {},
      makeElement('tr', {}, ...head.map(text => makeElement('th', { text, attributes: { scope: 'col' } })))
    ),
    makeElement(
      'tbody',
      {},
      ...attemptRows(timing).map(row =>
        makeElement('tr', {}, ...cellsOf(row, reasons, words).map(text => makeElement('td', { text })))
      )
    )
  );
  // A dialog lays out what it holds itself, and what it lays out is no table any more.
  return makeElement(
    'div',
    {},
    table,
    makeElement('p', {
      class: 'lb-Attempts-note',
      text: words.__('Point at the line under a cell to see the local times too.')
    })
  );
}

/** Newest first. */
function attemptRows(timing: CellTiming): AttemptRow[] {
  const { status, attempt, queued, started, ended, by, earlier } = timing;
  const before = earlier.map(record => ({
    ...record,
    status: record.outcome,
    started: record.outcome === 'aborted' ? null : record.started
  }));
  return [...before, { n: attempt, status, queued, started, ended, by }].toReversed();
}

function cellsOf(
  { n, status, queued, started, ended, by }: AttemptRow,
  reasons: ReadonlyMap<number, string>,
  words: Words
): string[] {
  const took = started && ended ? formatDuration(Date.parse(ended) - Date.parse(started)) : '–';
  const end = started ? ended : null;
  return [
    n === 0 ? '–' : String(n),
    wordOf(status, words),
    ...[queued, started, end].map(time => (time ? formatUtc(time) : '–')),
    took,
    by || '–',
    ...(reasons.size > 0 ? [reasons.get(n) ?? '–'] : [])
  ];
}
