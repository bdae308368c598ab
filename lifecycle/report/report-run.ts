// The after-action report of a run: what happened when, who was waited for, what failed, what differs from the template.
// Pure data first; report-formats.ts writes it as Markdown or HTML.
import { formatDuration, formatStatus, formatUtc, formatUtcClock } from '../../contract/format.js';
import { undoStepOf } from '../../contract/outline.js';
import { summarizePhases } from '../../contract/phase-status.js';
import { describePerson } from '../../contract/person.js';
import { brokenGlassesOf } from '../../contract/rehearsal/admission.js';
import { isHeld, type RunState } from '../../contract/state.js';
import { deviationsOf } from '../archive/deviations.js';
import { redlinesOf } from '../learn/redlines.js';
import type { Notebook } from '../../contract/notebook.js';
import type { RunFiles } from '../notebook/read-run.js';
import { withHeldSteps } from '../status/held-steps.js';
import { isAtItsEnd, outcomeOf } from '../status/run-outcome.js';
import { waitsOf, type Wait } from '../status/waits.js';

/** A part of a report: plain texts, escaped by whoever writes them. */
export interface ReportPart {
  readonly title: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Said instead of an empty table. */
  readonly empty: string;
}

/** A report. */
export interface Report {
  readonly title: string;
  readonly lines: readonly string[];
  readonly parts: readonly ReportPart[];
}

/** The report of a run at `now` (ISO 8601 UTC); `template` is null when it cannot be found any more. */
export function reportOf(files: RunFiles, template: Notebook | null, now: string): Report {
  const { run, state, outline, notebook } = files;
  const phases = withHeldSteps(summarizePhases(state, outline), state);
  const began = state.openedAt ?? '';
  const ended = state.lastAt ?? began;
  const outcome = outcomeOf(phases);
  const redlines = run === null || template === null ? [] : redlinesOf(notebook, template, run).redlines;
  return {
    title: `Release ${run?.release ?? ''} in ${run?.environment ?? ''}: ${outcome}`,
    lines: [
      `Run ${run?.id ?? 'without identity'}, ${run?.mode ?? 'scratch'}, of ${run?.runbook ?? files.path}.`,
      began === ''
        ? 'Nothing has run yet.'
        : `From ${formatUtc(began)} to ${formatUtc(ended)}: ${formatDuration(Date.parse(ended) - Date.parse(began))}.`,
      ...brokenGlassesOf(state).map(
        ({ name, by, at, reason }) =>
          `Against the policy: “${name}” was released by ${describePerson(by)} at ${formatUtc(at)}: ${reason}`
      )
    ],
    parts: [
      {
        title: 'Phases',
        heads: ['Phase', 'Status', 'Took'],
        rows: phases.map(phase => [
          phase.title,
          formatStatus(phase.status),
          phase.elapsedMs > 0 ? formatDuration(phase.elapsedMs) : ''
        ]),
        empty: 'There are no phases.'
      },
      {
        title: 'Timeline',
        heads: ['When (UTC)', 'What', 'Who'],
        rows: timelineRows(files),
        empty: 'Nothing has run yet.'
      },
      {
        title: 'Waits',
        heads: ['Who', 'Hold points', 'Waited'],
        rows: [...waitsOf(phases, now).map(openWaitRow), ...waitRows(state)],
        empty: 'Nobody was waited for.'
      },
      {
        title: 'Failures, retries and notes',
        heads: ['What'],
        rows: deviationsOf(files).map(text => [text]),
        empty: isAtItsEnd(outcome)
          ? 'Everything passed at the first attempt.'
          : 'None so far; the run has not come to its end.'
      },
      {
        title: 'Deviations from the template',
        heads: ['Change', 'Cell', 'Text'],
        rows: redlines.map(({ kind, cell, title }) => [kind, cell, title]),
        empty: template === null ? 'The template cannot be found any more.' : 'The run is as its template.'
      }
    ]
  };
}

/** Attempts, requests and decisions in the order of time. */
function timelineRows({ state, outline }: RunFiles): string[][] {
  const titles = new Map([
    ...outline.phases.flatMap(phase => phase.steps.map(step => [step.id, step.title] as const)),
    ...state.rollbacks.map(({ id, name }) => [undoStepOf(id), `undo step “${name}”`] as const)
  ]);
  const attempts = Object.values(state.steps).flatMap(step =>
    step.attempts.map(attempt => {
      const took = attempt.durationMs === null ? '' : ` in ${formatDuration(attempt.durationMs)}`;
      const again = attempt.attempt > 1 ? `, attempt ${attempt.attempt}` : '';
      const what = `${titles.get(step.id) ?? step.id}: ${isHeld(attempt) ? 'held' : (attempt.outcome ?? 'not ended')}${took}${again}`;
      return { at: attempt.startedAt, what, who: describePerson(attempt.by) };
    })
  );
  const decisions = Object.values(state.approvals).flatMap(approval => [
    { at: approval.requestedAt, what: `${approval.name}: approval requested`, who: '' },
    ...approval.decisions.map(({ at, decision, by, comment }) => ({
      at,
      what: `${approval.name}: ${decision}${comment === '' ? '' : `, “${comment}”`}`,
      who: describePerson(by)
    }))
  ]);
  const checkpoints = state.checkpoints.map(({ at, name }) => ({ at, what: `checkpoint ${name}`, who: '' }));
  return [...attempts, ...decisions, ...checkpoints]
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .map(({ at, what, who }) => [formatUtcClock(at), what, who]);
}

/** Whom the run waits for at this moment. */
function openWaitRow({ name, awaited, waitedMs }: Wait): string[] {
  return [awaited, name, `${formatDuration(waitedMs)} so far`];
}

/** How long each person was waited for, longest first. */
function waitRows(state: RunState): string[][] {
  const waits = new Map<string, { names: string[]; ms: number }>();
  for (const approval of Object.values(state.approvals)) {
    for (const decision of approval.decisions) {
      const who = describePerson(decision.by);
      const before = waits.get(who) ?? { names: [], ms: 0 };
      const ms = Date.parse(decision.at) - Date.parse(approval.requestedAt);
      waits.set(who, { names: [...before.names, approval.name], ms: before.ms + Math.max(0, ms) });
    }
  }
  return [...waits]
    .sort(([, a], [, b]) => b.ms - a.ms)
    .map(([who, { names, ms }]) => [who, names.join(', '), formatDuration(ms)]);
}
