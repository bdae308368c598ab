// The after-action report of a run: what happened when, who was waited for, what failed, what differs from the template.
// Pure data first; report-formats.ts writes it as Markdown or HTML.
import { formatCount, formatDuration, formatUtc } from '../../contract/base/format.js';
import { describePerson } from '../../contract/base/person.js';
import { describeAct } from '../facts/acts/act-facts.js';
import type { ArchiveFacts } from '../facts/archive-facts.js';
import {
  DRIVER_HEADS,
  driverRows,
  STEP_HEADS,
  statusText,
  stepRows,
  TASK_HEADS,
  taskRows,
  timeText
} from '../facts/rows.js';
import { isAtItsEnd, type RunOutcome } from '../../contract/state/run-outcome.js';
import type { Redline } from '../learn/redlines.js';
import type { AddressOf } from '../notebook/step-addresses.js';
import { waitsOf, type Wait } from '../status/waits.js';
import { TIMELINE_HEADS, timelineRows } from './timeline-rows.js';

/** A part of a report: plain texts, escaped by whoever writes them. */
export interface ReportPart {
  readonly title: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** By row, the address to which its second text leads; null where none is known. Absent: nothing leads anywhere. */
  readonly links?: readonly (string | null)[];
  /** Said instead of an empty table. A table of one column is shown as a list. */
  readonly empty: string;
}

/** A report. */
export interface Report {
  readonly title: string;
  readonly lines: readonly string[];
  /** What a reader must know before anything else. */
  readonly warnings: readonly string[];
  readonly parts: readonly ReportPart[];
}

/** The report at `now` (ISO 8601 UTC); `redlines` is null when the template cannot be found any more. */
export function reportOf(
  facts: ArchiveFacts,
  redlines: readonly Redline[] | null,
  now: string,
  addressOf: AddressOf = () => null
): Report {
  const { run, outcome, phases, rolledBack, brokenGlasses, deviations } = facts;
  const end = rolledBack === null ? endOf(outcome, phases) : `rolled back, ${endOf(outcome, phases)}`;
  const parts: ReportPart[] = [
    {
      title: 'Phases',
      heads: ['Phase', 'Status', 'Planned', 'Actual', 'Steps passed'],
      rows: phases.map(({ title, status, plannedMs, elapsedMs, passedSteps, skippedSteps, steps }) => [
        title,
        statusText(status),
        timeText(plannedMs),
        timeText(elapsedMs),
        `${passedSteps} of ${steps.length}${skippedSteps > 0 ? `, ${skippedSteps} skipped` : ''}`
      ]),
      empty: 'There are no phases.'
    },
    {
      title: 'What did not go as planned',
      heads: ['What'],
      rows: deviations.map(text => [text]),
      empty: isAtItsEnd(outcome)
        ? 'Everything passed at the first attempt.'
        : 'Nothing so far; the run has not come to its end.'
    },
    { title: 'Drivers', heads: DRIVER_HEADS, rows: driverRows(facts), empty: '' },
    { title: 'Timeline', heads: TIMELINE_HEADS, rows: timelineRows(facts), empty: 'Nothing has run yet.' },
    {
      title: 'Waits',
      heads: ['Who', 'Hold points', 'Waited'],
      rows: [...waitsOf(phases, now).map(openWaitRow), ...waitRows(facts)],
      empty: 'Nobody was waited for.'
    },
    { title: 'Tasks', heads: TASK_HEADS, rows: taskRows(facts), empty: '' },
    {
      title: 'Steps',
      heads: STEP_HEADS,
      rows: stepRows(facts),
      links: phases.flatMap(({ steps }) => steps.map(({ id }) => addressOf(id))),
      empty: 'There are no steps.'
    },
    {
      title: 'Changes to the template',
      heads: ['Change', 'Cell', 'Text'],
      rows: (redlines ?? []).map(({ kind, name, title }) => [kind, name, title]),
      empty: redlines === null ? 'The template cannot be found any more.' : 'The run is as its template.'
    }
  ];
  return {
    title: `Release ${run?.release ?? ''} in ${run?.environment ?? ''}: ${end}`,
    lines: [
      `Run ${run?.id ?? 'without identity'}, ${run?.mode ?? 'scratch'}, of ${run?.runbook ?? facts.title}.`,
      timesLine(facts)
    ],
    warnings: [
      ...(rolledBack === null
        ? []
        : [`Rolled back at ${formatUtc(rolledBack.at)}: ${describeAct(rolledBack)}`]),
      ...brokenGlasses.map(
        ({ name, by, at, reason }) =>
          `Against the policy: “${name}” was released by ${describePerson(by)} at ${formatUtc(at)}: ${reason}`
      )
    ],
    parts: parts.filter(({ rows, empty }) => rows.length > 0 || empty !== '')
  };
}

/** The word in the title: what is held waits for people; what has not come to its end may just go on, or not have begun. */
function endOf(outcome: RunOutcome, phases: ArchiveFacts['phases']): string {
  if (outcome !== 'held' || phases.some(({ status }) => status === 'waiting')) {
    return outcome;
  }
  const hasBegun = phases.some(({ steps }) => steps.some(({ attempts }) => attempts.length > 0));
  return hasBegun ? 'unfinished' : 'not begun';
}

function timesLine({ startedAt, lastAt, records }: ArchiveFacts): string {
  return startedAt === null || lastAt === null
    ? 'Nothing has run yet.'
    : `From ${formatUtc(startedAt)} to ${formatUtc(lastAt)}: ${formatDuration(Date.parse(lastAt) - Date.parse(startedAt))}. ${formatCount(records, 'record')} in the journal.`;
}

/** Whom the run waits for at this moment. */
function openWaitRow({ name, awaited, waitedMs }: Wait): string[] {
  return [awaited, name, `${formatDuration(waitedMs)} so far`];
}

/** How long each person was waited for, longest first. */
function waitRows({ holds }: ArchiveFacts): string[][] {
  const waits = holds.flatMap(hold =>
    'items' in hold
      ? []
      : hold.decisions
          .filter(({ waitedMs }) => waitedMs > 0)
          .map(({ by, waitedMs }) => ({ who: describePerson(by), name: hold.name, waitedMs }))
  );
  return [...Map.groupBy(waits, ({ who }) => who)]
    .map(([who, list]) => ({
      who,
      names: list.map(({ name }) => name).join(', '),
      ms: list.reduce((sum, { waitedMs }) => sum + waitedMs, 0)
    }))
    .sort((a, b) => b.ms - a.ms)
    .map(({ who, names, ms }) => [who, names, formatDuration(ms)]);
}
