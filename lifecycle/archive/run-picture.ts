// The picture of a run: a lane for who drove and one for each phase, a bar for each attempt, and a number for each decision of a person.
import { laneTimeline, type Mark, type Span } from '../../runbook/chart/timeline.js';
import type { Chart } from '../../runbook/chart/chart.js';
import { whoOf } from '../facts/acts/act-facts.js';
import type { ArchiveFacts } from '../facts/archive-facts.js';

/** The picture, and the same as text. */
export function runPicture({ run, phases, attempts, acts, drivers, lastAt }: ArchiveFacts): Chart {
  const titles = [...new Set([...phases.map(({ title }) => title), ...attempts.map(({ phase }) => phase)])];
  const shown = titles.filter(title => attempts.some(({ phase }) => phase === title));
  const lanes = [...(drivers.length > 0 ? ['Driver'] : []), ...shown.map(title => title || 'In no phase')];
  const laneOf = (phase: string): number => lanes.length - shown.length + shown.indexOf(phase);
  const steps = attempts.map(({ title, phase, attempt, startedAt, endedAt, end }): Span => ({
    label: `${title}${attempt > 1 ? ` (${attempt})` : ''}`,
    startMs: Date.parse(startedAt),
    endMs: endedAt === null ? null : Date.parse(endedAt),
    status: end ?? 'running',
    lane: laneOf(phase)
  }));
  const people = drivers.map(({ person, from, to }): Span => {
    const name = person.name || person.username;
    const [startMs, endMs] = [Date.parse(from), to === null ? null : Date.parse(to)];
    return { label: name, name, startMs, endMs, status: 'driving', lane: 0 };
  });
  const phaseOf = new Map(attempts.map(({ step, phase }) => [step, phase]));
  const marks = acts.flatMap((act): Mark[] => {
    const phase = [...act.steps, act.about ?? '']
      .map(step => phaseOf.get(step))
      .find(title => title !== undefined);
    const lane = phase === undefined ? 0 : laneOf(phase);
    const isBad = act.isDeviation;
    return DECISIONS.has(act.kind) && act.by !== null && lanes.length > 0
      ? [{ lane, atMs: Date.parse(act.at), what: `${whoOf(act)} ${act.what}`, isBad }]
      : [];
  });
  const caption = `Release ${run?.release ?? ''} in ${run?.environment ?? ''}`;
  return laneTimeline([...people, ...steps], { lanes, marks }, caption, Date.parse(lastAt ?? ''));
}

/** What a person decides about the run; the other acts stand in the tables of the summary. */
const DECISIONS: ReadonlySet<string> = new Set([
  'approval-decided',
  'approval-closed',
  'glass-broken',
  'phase-released',
  'order-waived',
  'step-skipped',
  'step-continued',
  'second-run-allowed',
  'effect-judged',
  'rolled-back',
  'rewound'
]);
