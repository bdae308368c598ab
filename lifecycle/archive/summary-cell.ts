// The first cell of an archive: how the run ended, in Markdown that GitHub renders. No heading in it, since headings are phases.
import { formatCount, formatDuration, formatUtc } from '../../contract/base/format.js';
import type { OutlineCell } from '../../contract/notebook/outline.js';
import { describePerson } from '../../contract/base/person.js';
import { ACT_HEADS, actRow, describeAct } from '../facts/acts/act-facts.js';
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
import { markedAs } from '../notebook/archive-marks.js';
import { markdownCode, markdownText } from '../../contract/base/escape.js';
import { markdownTable } from '../text/markdown.js';
import { linesOf } from './canonical-notebook.js';
import { decisionRows } from './decisions.js';

/** The cell; the same run gives the same text. `journal` is the name of the journal's file. */
export function summaryCell(facts: ArchiveFacts, journal: string): OutlineCell {
  const parts = [
    headline(facts),
    warnings(facts),
    identity(facts),
    markdownTable(['Phase', 'Status', 'Planned', 'Actual', 'Steps passed', 'Attempts'], phaseRows(facts)),
    titled(
      'Deviations',
      facts.deviations.map(text => `- ${markdownText(text)}`)
    ),
    titled(
      'Decisions',
      markdownTable(['Hold point', 'Decision', 'Who', 'When', 'Waited', 'Comment'], decisionRows(facts))
    ),
    titled('Tasks', markdownTable(TASK_HEADS, taskRows(facts))),
    titled('Drivers', markdownTable(DRIVER_HEADS, driverRows(facts))),
    titled(
      'Rehearsals',
      markdownTable(
        ['Phase', 'Rehearsed in', 'When', 'Took', 'Run', 'Its journal ends with'],
        rehearsalRows(facts)
      )
    ),
    titled('Steps', markdownTable(STEP_HEADS, stepRows(facts))),
    titled('What people did', actLines(facts)),
    [
      `The record is ${markdownCode(journal)}: ${formatCount(facts.records, 'entry').replace('entrys', 'entries')}, each with the hash of the one before. \`launchbook verify\` checks it.`
    ]
  ].filter(part => part.length > 0);
  const source = linesOf(parts.map(part => part.join('\n')).join('\n\n'));
  return { cell_type: 'markdown', id: 'launchbook-summary', metadata: markedAs('summary'), source };
}

/** So that the notebook stays small enough for GitHub. */
const MOST_ACTS = 1000;

/** Every act, as long as there is room: what was planned is left out first, the oldest before the newer. */
function actLines({ acts }: ArchiveFacts): readonly string[] {
  const byWeight = [
    ...acts.filter(act => act.isDeviation),
    ...acts.filter(act => !act.isDeviation).reverse()
  ];
  const kept = new Set(byWeight.slice(0, MOST_ACTS));
  const hidden = acts.length - kept.size;
  return [
    ...markdownTable(ACT_HEADS, acts.filter(act => kept.has(act)).map(actRow)),
    ...(hidden > 0
      ? ['', `${formatCount(hidden, 'more act')} in the journal; \`launchbook report\` tells all.`]
      : [])
  ];
}

const WORDS: { readonly [outcome in RunOutcome]: string } = {
  passed: 'passed',
  rejected: 'was rejected',
  failed: 'failed',
  inconclusive: 'is inconclusive',
  held: 'is held'
};

function headline({ run, outcome, phases }: ArchiveFacts): string[] {
  const release = markdownText(`release ${run?.release ?? ''} in ${run?.environment ?? ''}`);
  const withSteps = phases.filter(({ steps }) => steps.length > 0);
  const passed = withSteps.filter(({ status }) => status === 'passed').length;
  const skipped = phases.reduce((sum, { skippedSteps }) => sum + skippedSteps, 0);
  const leftOut = skipped > 0 ? `, ${formatCount(skipped, 'step')} skipped` : '';
  const progress = `${passed} of ${formatCount(withSteps.length, 'phase')} passed${leftOut}`;
  return isAtItsEnd(outcome)
    ? [`**R${release.slice(1)} ${WORDS[outcome]}.** ${progress}.`]
    : [`**UNFINISHED: ${release} was archived before its end; it ${WORDS[outcome]}.** ${progress}.`];
}

/** What a reader must know before anything else: that it was rolled back, released against the policy, or under a policy that asked for less. */
function warnings({ rolledBack, brokenGlasses, policyChanges }: ArchiveFacts): string[] {
  const back =
    rolledBack === null
      ? []
      : [`**ROLLED BACK** at ${formatUtc(rolledBack.at)}: ${markdownText(describeAct(rolledBack))}`];
  const broken = brokenGlasses.map(
    ({ name, by, at, reason }) =>
      `**RELEASED AGAINST THE POLICY:** ${markdownText(`“${name}” by ${describePerson(by)} at ${formatUtc(at)}: ${reason}`)}`
  );
  const weakened = policyChanges
    .filter(({ weaker }) => weaker.length > 0)
    .map(
      ({ at, weaker }) => `**THE POLICY WAS WEAKENED** at ${formatUtc(at)}: ${markdownText(weaker.join(' '))}`
    );
  return [...back, ...broken, ...weakened].flatMap((line, index) => (index === 0 ? [line] : ['', line]));
}

function identity({ run, startedAt, lastAt, people, drivers }: ArchiveFacts): string[] {
  const began = startedAt ?? '';
  const ended = lastAt ?? began;
  const took = formatDuration(Date.parse(ended) - Date.parse(began));
  const origin = run?.commit
    ? ` at commit ${markdownCode(run.commit.slice(0, 12))}`
    : ', which was in no commit';
  const names = people.map(person => markdownText(describePerson(person))).join(', ') || 'nobody';
  return [
    `${run?.mode === 'live' ? 'Live run' : `A ${run?.mode === 'dry-run' ? 'dry run' : 'rehearsal'}`} ${markdownCode(run?.id ?? '')} of ${markdownCode(run?.runbook ?? '')}${origin}.`,
    `From ${formatUtc(began)} to ${formatUtc(ended)}: ${took}. ${drivers.length > 0 ? 'Driven' : 'Executed'} by ${names}.`
  ];
}

function phaseRows({ phases }: ArchiveFacts): string[][] {
  return phases.map(({ title, status, plannedMs, elapsedMs, passedSteps, skippedSteps, steps }) => [
    title,
    statusText(status),
    timeText(plannedMs),
    timeText(elapsedMs),
    `${passedSteps} of ${steps.length}${skippedSteps > 0 ? `, ${skippedSteps} skipped` : ''}`,
    String(steps.reduce((sum, { attempts }) => sum + attempts.length, 0))
  ]);
}

/** Which rehearsals the phases rest on. */
function rehearsalRows({ phases }: ArchiveFacts): string[][] {
  return phases.flatMap(({ title, receipt }) =>
    receipt === null
      ? []
      : [
          [
            title,
            receipt.environment,
            formatUtc(receipt.at),
            formatDuration(receipt.durationMs),
            receipt.run,
            receipt.journal.hash.slice(0, 12)
          ]
        ]
  );
}

function titled(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`**${title}**`, '', ...lines];
}
