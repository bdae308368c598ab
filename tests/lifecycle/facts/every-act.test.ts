// Every act of a person stands in every place in which a run is told: with the person, the time and the reason, its steps by title and
// phase. The table act × place is made from the records; a kind of record that nobody tells fails here.
import { describe, expect, test } from '@jest/globals';
import type { ActName } from '../../../contract/comms/acts.js';
import type { RecordKind } from '../../../contract/journal/journal.js';
import { formatUtc, formatUtcClock } from '../../../contract/base/format.js';
import { describePerson } from '../../../contract/base/person.js';
import { textOf } from '../../../contract/notebook/outline.js';
import { archivedNotebook } from '../../../lifecycle/archive/archived-notebook.js';
import { partOf } from '../../../lifecycle/board/parts.js';
import { pageOf } from '../../../lifecycle/board/page.js';
import { TELLERS } from '../../../lifecycle/facts/acts/tellers.js';
import { archiveFacts } from '../../../lifecycle/facts/archive-facts.js';
import type { CodeCell } from '../../../lifecycle/notebook/archive-marks.js';
import { REPORT_FORMATS } from '../../../lifecycle/report/report-formats.js';
import { reportOf } from '../../../lifecycle/report/report-run.js';
import { STATUS_FORMATS } from '../../../lifecycle/status/format/formats.js';
import { summarizeRun } from '../../../lifecycle/status/summarize-run.js';
import { LOOKS_LIKE_ID, type Expected } from './every-act/scene.js';
import { everyActFiles, KINDS_IN_STORY, SCENES } from './every-act/story.js';

const FILES = everyActFiles();
const NOW = '2026-11-22T12:00:00.000Z';
const FACTS = archiveFacts(FILES, []);
const SUMMARY = summarizeRun({ files: FILES, earlier: [], now: NOW });
const REPORT = reportOf(FACTS, [], NOW);
const ARCHIVE = archivedNotebook(FILES.notebook, FACTS, 'release.journal.jsonl').notebook.cells;

const unescapedMarkdown = (text: string): string =>
  unescapedHtml(text.replace(/\\([\\`*_[\]|~#+=.)-])/g, '$1'));
const unescapedHtml = (text: string): string =>
  text
    .replace(/<[^>]*>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&amp;/g, '&');
const unescapedSlack = (text: string): string => unescapedHtml(text).replaceAll('\u200b', '');
const lines = (text: string): string[] => text.split('\n');
const tagged = (html: string, tag: string): string[] =>
  html.split(`<${tag}`).map(part => unescapedHtml(`<${tag}${part}`));

/** Where a run is told: what a reader sees there, act by act, and how the time of one is written. */
interface Place {
  readonly units: readonly string[];
  readonly time: (at: string) => string;
  /** It is about this act too; absent: about every one. */
  readonly holds?: (kind: RecordKind, told: Expected) => boolean;
}

const day = (at: string): string => formatUtc(at).replace(/ UTC$/, '');
const clock = (at: string): string => `${formatUtcClock(at)} UTC`;

const PLACES: { readonly [place: string]: Place } = {
  'archive, first cell': { units: lines(unescapedMarkdown(textOf(ARCHIVE[0]!.source))), time: day },
  'archive, below the step': {
    units: ARCHIVE.flatMap(cell => (cell as CodeCell).outputs ?? []).flatMap(({ data }) =>
      lines(textOf(data!['text/plain'] as string[]))
    ),
    time: day,
    // The others are about no step, or their request stands below the step with its answers.
    holds: (kind, { says }) =>
      BELOW_STEPS.has(kind) || (kind === 'attempt-started' && says.some(isOutOfOrder) && !says.some(isWaived))
  },
  'report, Markdown': { units: lines(unescapedMarkdown(REPORT_FORMATS.md(REPORT))), time: day },
  'report, HTML': { units: tagged(REPORT_FORMATS.html(REPORT), 'tr'), time: day },
  'status, text': { units: lines(STATUS_FORMATS.text(SUMMARY)), time: clock },
  'status, Markdown': { units: lines(unescapedMarkdown(STATUS_FORMATS.md(SUMMARY))), time: clock },
  'status, HTML': { units: tagged(STATUS_FORMATS.html(SUMMARY), 'li'), time: clock },
  'status, JSON': {
    units: (JSON.parse(STATUS_FORMATS.json(SUMMARY)) as typeof SUMMARY).acts.map(
      act =>
        `${act.at} ${act.isOfKernel ? 'the kernel of ' : ''}${act.by ? describePerson(act.by) : ''} ${act.what} ${act.details.join(' ')} ${act.reason}`
    ),
    time: at => at
  },
  board: { units: tagged(pageOf([partOf('run', SUMMARY)]), 'li'), time: clock },
  'Slack text': { units: lines(unescapedSlack(STATUS_FORMATS.slack(SUMMARY))), time: clock }
};

const isOutOfOrder = (text: string): boolean => text.includes('out of order');
const isWaived = (text: string): boolean => text.includes('by the word of');

const BELOW_STEPS: ReadonlySet<RecordKind> = new Set([
  'step-skipped',
  'step-continued',
  'order-waived',
  'effect-judged',
  'note',
  'recovery-discarded',
  'rolled-back',
  'rewound'
]);

const ACTS = SCENES.flatMap(({ body, told }, index) =>
  told ? [{ kind: body.kind, told, at: told.at ?? FILES.records[index]!.at }] : []
);

function isTold({ units, time }: Place, { says, by, reason }: Expected, at: string): boolean {
  const parts = [...says, reason, time(at), ...(by ? [describePerson(by)] : [])];
  return units.some(unit => parts.every(part => unit.includes(part)));
}

describe('every act', () => {
  const table = ACTS.map(({ kind, told, at }) => ({
    act: `${kind}: ${told.says[0]}`,
    kind,
    places: Object.entries(PLACES).map(([name, place]) =>
      place.holds && (!place.holds(kind, told) || isOfWholeRun(told))
        ? { name, word: '–' }
        : { name, word: isTold(place, told, at) ? '✓' : 'MISSING' }
    )
  }));

  test('stands in every place, with its person, its time and its reason', () => {
    if (process.env['LAUNCHBOOK_PROOF'] === '1') {
      process.stdout.write(`${tableText(table)}\n`);
    }
    const holes = table.flatMap(({ act, places }) =>
      places.filter(({ word }) => word === 'MISSING').map(({ name }) => `${act} in ${name}`)
    );
    expect(holes).toEqual([]);
  });

  test('is told once in each list of acts, and nothing else is', () => {
    const byTime = ACTS.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
    expect(FACTS.acts.map(({ kind }) => kind)).toEqual(byTime.map(({ kind }) => kind));
    expect(SUMMARY.acts).toEqual(FACTS.acts);
  });

  test('is an act of the story: of every kind of record that is told as one, and of every act that may be asked for', () => {
    const kinds = Object.keys(TELLERS) as RecordKind[];
    expect(kinds.filter(kind => !KINDS_IN_STORY.has(kind))).toEqual([]);
    const told = new Set([...FACTS.acts, ...FACTS.events].map(({ kind }) => kind));
    expect(kinds.filter(kind => TELLERS[kind] !== null && !told.has(kind))).toEqual([]);
    const acts = new Set(FACTS.acts.map(({ kind }) => kind));
    const recorded = Object.values(RECORD_OF).filter(kind => kind !== null);
    expect(recorded.filter(kind => !acts.has(kind))).toEqual([]);
  });
});

test('every step is named by its title and phase, none by its id', () => {
  for (const [name, { units }] of Object.entries(PLACES).filter(([place]) => place !== 'status, JSON')) {
    expect([name, ...units.filter(unit => LOOKS_LIKE_ID.test(unit))]).toEqual([name]);
  }
});

test('the deviations name whatever was not planned, and nothing says that all went well', () => {
  const text = FACTS.deviations.join('\n');
  for (const { told } of ACTS.filter(({ kind }) => UNPLANNED.has(kind))) {
    expect(text).toContain(told.reason);
    expect(text).toContain(told.says[0]);
  }
  expect(text).toContain('the shop is down, I said');
  expect(text).toMatch(/“Never done” of “Shop floor”, which bob had to do, was due at .* late at the end/);
  expect(REPORT_FORMATS.md(REPORT)).not.toMatch(/first attempt/);
});

const UNPLANNED: ReadonlySet<RecordKind> = new Set([
  'step-skipped',
  'glass-broken',
  'phase-released',
  'effect-judged',
  'rolled-back',
  'rewound',
  'recovery-discarded',
  'task-handed-over'
]);

/** Which record each act leaves. Null: it only looks. */
const RECORD_OF: { readonly [A in ActName]: RecordKind | null } = {
  decide: 'approval-decided',
  'decide-signed': 'approval-decided',
  revoke: 'approval-closed',
  'break-glass': 'glass-broken',
  'release-phase': 'phase-released',
  tick: 'checklist-ticked',
  task: 'task-moved',
  'ask-wheel': 'wheel-asked',
  'answer-wheel': 'wheel-refused',
  'offer-wheel': 'wheel-offered',
  'settle-offer': 'wheel-offer-ended',
  'replace-driver': 'driver-changed',
  'confirm-environment': 'environment-confirmed',
  resume: 'resume-started',
  discard: 'recovery-discarded',
  judge: 'effect-judged',
  continue: 'step-continued',
  'begin-anew': 'journal-opened',
  reopen: 'run-reopened',
  'accept-clock': 'clock-accepted',
  skip: 'step-skipped',
  'run-out-of-order': 'order-waived',
  'run-again': 'attempt-started',
  'plan-run-again': null,
  'roll-back': 'rolled-back',
  'plan-resume': null,
  'plan-continue': null,
  'plan-rollback': null
};

/** Giving up everything is below no step. */
function isOfWholeRun({ says }: Expected): boolean {
  return says.some(text => text.includes('all steps'));
}

function tableText(
  rows: readonly { readonly act: string; readonly places: readonly { name: string; word: string }[] }[]
): string {
  const names = Object.keys(PLACES);
  const width = Math.max(...rows.map(({ act }) => act.length));
  return [
    ...names.map((name, index) => `${' '.repeat(width)}  ${'   '.repeat(index)}${name}`),
    ...rows.map(
      ({ act, places }) => `${act.padEnd(width)}  ${places.map(({ word }) => word.padEnd(3)).join('')}`
    ),
    '– : no place for it, as it is about no step, or its question stands below the step with the answer.'
  ].join('\n');
}
