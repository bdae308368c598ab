// The first cell of an archive: what came of the run, in Markdown that GitHub renders. No heading in it, since headings are phases.
import { formatCount, formatDuration, formatStatus, formatUtc } from '../../contract/format.js';
import type { OutlineCell } from '../../contract/outline.js';
import { summarizePhases, type PhaseSummary } from '../../contract/phase-status.js';
import { describePerson, type Person } from '../../contract/person.js';
import { markedAs } from '../notebook/archive-marks.js';
import type { RunFiles } from '../notebook/read-run.js';
import { withHeldSteps } from '../status/held-steps.js';
import { isAtItsEnd, outcomeOf, type RunOutcome } from '../status/run-outcome.js';
import { escapeMarkdown, markdownTable } from '../text/markdown.js';
import { linesOf } from './canonical-notebook.js';
import { decisionRows } from './decisions.js';
import { deviationsOf } from './deviations.js';
import { plannedMs } from './planned-time.js';
import { rehearsalRows, releasedPhaseLines } from './rehearsals.js';
import type { UsualTimes } from './usual-times.js';

/** The cell; the same run gives the same text. */
export function summaryCell(files: RunFiles, usual: UsualTimes): OutlineCell {
  const phases = withHeldSteps(summarizePhases(files.state, files.outline), files.state);
  const parts = [
    headline(files, phases),
    releasedPhaseLines(files.state),
    warnings(files.state),
    facts(files),
    markdownTable(
      ['Phase', 'Status', 'Planned', 'Actual', 'Steps', 'Attempts'],
      phaseRows(files, phases, usual)
    ),
    titled(
      'Decisions',
      markdownTable(['Hold point', 'Decision', 'Who', 'When', 'Waited', 'Comment'], decisionRows(files.state))
    ),
    titled(
      'Rehearsals',
      markdownTable(
        ['Phase', 'Rehearsed in', 'When', 'Took', 'Run', 'Its journal ends with'],
        rehearsalRows(files.state, files.outline)
      )
    ),
    titled(
      'Deviations',
      deviationsOf(files).map(text => `- ${escapeMarkdown(text)}`)
    ),
    [closing(files)]
  ].filter(part => part.length > 0);
  const source = linesOf(parts.map(part => part.join('\n')).join('\n\n'));
  return { cell_type: 'markdown', id: 'launchbook-summary', metadata: markedAs('summary'), source };
}

const WORDS: { readonly [outcome in RunOutcome]: string } = {
  passed: 'passed',
  rejected: 'was rejected',
  failed: 'failed',
  inconclusive: 'is inconclusive',
  held: 'is held'
};

function headline({ run, outline }: RunFiles, phases: readonly PhaseSummary[]): string[] {
  const outcome = outcomeOf(phases);
  const release = escapeMarkdown(`release ${run?.release ?? ''} in ${run?.environment ?? ''}`);
  const passed = phases.filter(phase => phase.status === 'passed').length;
  const progress = `${passed} of ${formatCount(outline.phases.length, 'phase')} passed`;
  return isAtItsEnd(outcome)
    ? [`**R${release.slice(1)} ${WORDS[outcome]}.** ${progress}.`]
    : [`**UNFINISHED: ${release} was archived before its end; it ${WORDS[outcome]}.** ${progress}.`];
}

/** What a reader must know before anything else: releases against the policy, and a policy that asked for less on the way. */
function warnings({ glassBroken, approvals, policy }: RunFiles['state']): string[] {
  const broken = glassBroken.flatMap(id => {
    const approval = approvals[id];
    const glass = approval?.breakGlass;
    return glass
      ? [
          `**RELEASED AGAINST THE POLICY:** ${escapeMarkdown(`“${approval.name}” by ${describePerson(glass.by)} at ${formatUtc(glass.at)}: ${glass.reason}`)}`
        ]
      : [];
  });
  const weakened = (policy?.changes ?? []).flatMap(({ at, weaker }) =>
    weaker.length > 0
      ? [`**THE POLICY WAS WEAKENED** at ${formatUtc(at)}: ${escapeMarkdown(weaker.join(' '))}`]
      : []
  );
  return [...broken, ...weakened].flatMap((line, index) => (index === 0 ? [line] : ['', line]));
}

function facts({ run, state }: RunFiles): string[] {
  const began = state.openedAt ?? '';
  const ended = state.lastAt ?? began;
  const took = formatDuration(Date.parse(ended) - Date.parse(began));
  const origin = run?.commit ? ` at commit \`${run.commit.slice(0, 12)}\`` : ', which was in no commit';
  return [
    `${run?.mode === 'live' ? 'Live run' : `A ${run?.mode === 'dry-run' ? 'dry run' : 'rehearsal'}`} \`${run?.id ?? ''}\` of \`${run?.runbook ?? ''}\`${origin}.`,
    `From ${formatUtc(began)} to ${formatUtc(ended)}: ${took}. Driven by ${driversOf(state)}.`
  ];
}

/** Everybody who executed a step, in the order of their first one. */
function driversOf(state: RunFiles['state']): string {
  const attempts = Object.values(state.steps).flatMap(step => step.attempts);
  const sorted = [...attempts].sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  const people = sorted.map(attempt => attempt.by).reduce(byUsername, new Map<string, Person>());
  return [...people.values()].map(person => escapeMarkdown(describePerson(person))).join(', ') || 'nobody';
}

function byUsername(people: Map<string, Person>, person: Person): Map<string, Person> {
  return people.has(person.username) ? people : people.set(person.username, person);
}

function phaseRows(
  { state, outline, notebook }: RunFiles,
  phases: readonly PhaseSummary[],
  usual: UsualTimes
): string[][] {
  return phases.map((phase, index) => {
    const steps = outline.phases[index]?.steps ?? [];
    const attempts = steps.reduce((sum, step) => sum + (state.steps[step.id]?.attempts.length ?? 0), 0);
    const planned = plannedMs(notebook.cells, phase, usual);
    return [
      escapeMarkdown(phase.title),
      `${GLYPHS[phase.status] ?? '☐'} ${formatStatus(phase.status)}`,
      planned === null ? '' : formatDuration(planned),
      phase.elapsedMs > 0 ? formatDuration(phase.elapsedMs) : '',
      `${phase.passedSteps} of ${steps.length}`,
      String(attempts)
    ];
  });
}

const GLYPHS: { readonly [status: string]: string } = { passed: '☑', failed: '✗', rejected: '✗' };

function titled(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`**${title}**`, '', ...lines];
}

function closing({ state, journalPath }: RunFiles): string {
  const name = journalPath.slice(journalPath.lastIndexOf('/') + 1);
  return `The record is \`${name}\`: ${formatCount(state.seq, 'entry').replace('entrys', 'entries')}, each with the hash of the one before. \`launchbook verify\` checks it.`;
}
