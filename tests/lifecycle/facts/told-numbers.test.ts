// Whatever happened in a run, the texts of its archive, report and status agree with the fold of its journal in every number.
import { describe, expect, test } from '@jest/globals';
import { formatDuration, formatUtc } from '../../../contract/base/format.js';
import type { JournalRecord } from '../../../contract/journal/journal.js';
import { textOf } from '../../../contract/notebook/outline.js';
import type { AttemptState } from '../../../contract/state/state.js';
import { archivedNotebook } from '../../../lifecycle/archive/archived-notebook.js';
import { archiveFacts } from '../../../lifecycle/facts/archive-facts.js';
import { toldPhases } from '../../../contract/state/told-status.js';
import { markOf, type CodeCell } from '../../../lifecycle/notebook/archive-marks.js';
import type { RunFiles } from '../../../lifecycle/notebook/read-run.js';
import { REPORT_FORMATS } from '../../../lifecycle/report/report-formats.js';
import { reportOf } from '../../../lifecycle/report/report-run.js';
import { STATUS_FORMATS } from '../../../lifecycle/status/format/formats.js';
import { summarizeRun } from '../../../lifecycle/status/summarize-run.js';
import { rounds } from '../../proof.js';
import { randomRun } from './random-run.js';

const RUNS = rounds({ inTest: 30, inProof: 300 });
const SEEDS = Array.from({ length: RUNS }, (_, index) => index + 1);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const timeOf = (ms: number | null): string => (ms === null || ms === 0 ? '–' : formatDuration(ms));
const durations = (attempts: readonly AttemptState[]): number =>
  sum(attempts.map(({ durationMs }) => durationMs ?? 0));

/** The rows of the table under a title, cells as they are written. */
function rowsUnder(text: string, title: string): string[][] {
  const lines = text.split('\n');
  const start = lines.indexOf(title);
  if (start < 0) {
    return [];
  }
  const table = lines.slice(start + 1);
  const head = table.findIndex(line => line.startsWith('| '));
  const rows = table.slice(head + 2);
  const end = rows.findIndex(line => !line.startsWith('| '));
  return head > 1 || head < 0
    ? []
    : rows.slice(0, end < 0 ? rows.length : end).map(line => line.slice(2, -2).split(' | '));
}

/** The acts that the records tell of, counted without the code that tells them. */
function actsIn(records: readonly JournalRecord[]): JournalRecord[] {
  const begun = new Set<string>();
  return records.filter(record => {
    if (record.kind === 'attempt-started') {
      const isFirst = !begun.has(record.step);
      begun.add(record.step);
      return !isFirst || record.outOfOrder !== undefined;
    }
    return ACTS.has(record.kind) || (record.kind === 'approval-closed' && record.by !== undefined);
  });
}

const ACTS: ReadonlySet<string> = new Set([
  'approval-decided',
  'glass-broken',
  'checklist-ticked',
  'task-moved',
  'task-handed-over',
  'driver-changed',
  'order-waived',
  'step-skipped',
  'step-continued',
  'effect-judged',
  'note',
  'resume-started',
  'recovery-discarded',
  'undoing-started',
  'rolled-back'
]);

/** What the fold says of the steps: title, phase, status, attempts, planned and taken time. */
function foldedSteps(files: RunFiles) {
  const { state, outline, notebook } = files;
  let planned: number | null = null;
  const plans = new Map<string, number | null>();
  for (const cell of notebook.cells) {
    const [, minutes] = /^Planned: (\d+) min$/m.exec(textOf(cell.source)) ?? [];
    plans.set(cell.id!, cell.cell_type === 'code' ? planned : minutes ? Number(minutes) * 60_000 : null);
    planned =
      cell.cell_type === 'markdown' && !textOf(cell.source).startsWith('## ') ? plans.get(cell.id!)! : null;
  }
  return toldPhases(state, outline).map(phase => ({
    ...phase,
    planned: plans.get(phase.id) ?? null,
    steps: phase.steps.map(step => ({
      ...step,
      attempts: state.steps[step.id]?.attempts ?? [],
      planned: plans.get(step.id) ?? null
    }))
  }));
}

describe(`of ${RUNS} random runs`, () => {
  const kinds = new Set<string>();

  test.each(SEEDS)('the texts of run %i agree with the fold of its journal', seed => {
    const files = randomRun(seed);
    const { state, records } = files;
    records.forEach(({ kind }) => kinds.add(kind));
    const facts = archiveFacts(files, []);
    const now = state.lastAt!;
    const cells = archivedNotebook(files.notebook, facts, 'x.journal.jsonl').notebook.cells;
    const summary = textOf(cells[0]!.source);
    const report = REPORT_FORMATS.md(reportOf(facts, [], now));
    const phases = foldedSteps(files);
    const attempts = Object.values(state.steps).flatMap(step => step.attempts);
    const acts = actsIn(records);

    // The head: phases, skipped steps, records, the time from the first record to the last.
    const passed = phases.filter(({ status }) => status === 'passed').length;
    const skipped = sum(phases.map(phase => phase.steps.filter(({ status }) => status === 'skipped').length));
    expect(summary.split('\n')[0]).toMatch(
      new RegExp(
        `\\*\\* ${passed} of ${phases.length} phases? passed${skipped > 0 ? `, ${skipped} steps? skipped` : ''}\\.$`
      )
    );
    // Who opens the page, or makes the archive, does nothing in the run.
    const ended = records.findLast(({ kind }) => !/^(kernel-started|outline|run-archived)$/.test(kind))!.at;
    const took = formatDuration(Date.parse(ended) - Date.parse(state.openedAt!));
    const span = `From ${formatUtc(state.openedAt!)} to ${formatUtc(ended)}: ${took}.`;
    expect(summary).toContain(span);
    expect(summary).toContain(`: ${records.length} entries, each`);
    expect(report).toContain(`${span} ${records.length} records in the journal.`);

    // Phases and steps.
    const counts = phases.map(phase => {
      const of = (word: string): number => phase.steps.filter(({ status }) => status === word).length;
      return `${of('passed')} of ${phase.steps.length}${of('skipped') > 0 ? `, ${of('skipped')} skipped` : ''}`;
    });
    const elapsed = phases.map(phase => sum(phase.steps.map(step => durations(step.attempts))));
    expect(rowsUnder(`\n${summary.slice(summary.indexOf('| Phase'))}`, '').map(row => row.slice(2))).toEqual(
      phases.map((phase, index) => [
        timeOf(phase.planned),
        timeOf(elapsed[index]!),
        counts[index],
        String(sum(phase.steps.map(step => step.attempts.length)))
      ])
    );
    expect(rowsUnder(report, '## Phases').map(row => row.slice(2))).toEqual(
      phases.map((phase, index) => [timeOf(phase.planned), timeOf(elapsed[index]!), counts[index]])
    );
    const steps = phases.flatMap(phase =>
      phase.steps.map(step => [
        timeOf(step.planned),
        timeOf(durations(step.attempts)),
        String(step.attempts.length)
      ])
    );
    expect(rowsUnder(summary, '**Steps**').map(row => row.slice(3))).toEqual(steps);
    expect(rowsUnder(report, '## Steps').map(row => row.slice(3))).toEqual(steps);
    const status = STATUS_FORMATS.text(summarizeRun({ files, earlier: [], now }));
    phases.forEach(({ title, steps: { length } }, index) => {
      const [line = ''] = status.split('\n').filter(each => each.slice(4).startsWith(`${title} `));
      const count = counts[index]!.replace(` of ${length}`, ` of ${length} step${length === 1 ? '' : 's'}`);
      expect(line).toContain(` ${count}${elapsed[index]! > 0 ? `, ${formatDuration(elapsed[index]!)}` : ''}`);
    });

    // Attempts: below each step, in the picture, in the timeline and among the deviations.
    for (const cell of cells.slice(2)) {
      const own = state.steps[cell.id ?? '']?.attempts ?? [];
      const lines = addedBelow(cell, 'times').filter(line => !line.endsWith(' now'));
      expect(lines.map(line => /attempt (\d+)/.exec(line)?.[1])).toEqual(
        own.map(({ attempt }) => String(attempt))
      );
      own.forEach(({ durationMs }, index) => {
        expect(lines[index]).toContain(
          durationMs === null ? 'UTC, attempt' : ` UTC, ${formatDuration(durationMs)}, attempt`
        );
      });
    }
    const picture = textOf((cells[1] as CodeCell).outputs![0]!.data!['text/plain'] as string[]);
    expect(picture.split('\n').filter(line => line.includes('█'))).toHaveLength(
      Math.min(60, attempts.length)
    );
    const events = facts.events.length;
    const timeline = rowsUnder(report, '## Timeline');
    expect(timeline).toHaveLength(
      attempts.length + events + acts.filter(({ kind }) => kind !== 'attempt-started').length
    );
    const tried = Object.entries(state.steps).filter(([, step]) =>
      step.attempts.some(({ outcome }) => outcome !== 'passed' && outcome !== null)
    );
    const retries = [
      ...summary.matchAll(/^- .+ in (\d+) of (\d+) attempts?(?:; attempt (\d+) passed)?\.$/gm)
    ];
    expect(retries.map(([, bad, all, last]) => `${bad} ${all} ${last}`).sort()).toEqual(
      tried
        .map(([, { attempts: all }]) => {
          const bad = all.filter(({ outcome }) => outcome !== 'passed' && outcome !== null).length;
          return `${bad} ${all.length} ${all.at(-1)!.outcome === 'passed' ? all.length : undefined}`;
        })
        .sort()
    );

    // People: every act once, every decision with its wait, every task, every driver.
    expect(rowsUnder(summary, '**What people did**')).toHaveLength(acts.length);
    expect(summarizeRun({ files, earlier: [], now }).acts).toHaveLength(acts.length);
    const decisions = Object.values(state.approvals).flatMap(
      ({ requestedAt, decisions: made, breakGlass, closure }) => {
        const waits = made.map(({ at }) =>
          formatDuration(Math.max(0, Date.parse(at) - Date.parse(requestedAt)))
        );
        const others = [breakGlass, closure].filter(Boolean).map(() => '–');
        return waits.length + others.length === 0 ? ['–'] : [...waits, ...others];
      }
    );
    const lists = Object.values(state.checklists);
    expect(rowsUnder(summary, '**Decisions**')).toHaveLength(decisions.length + lists.length);
    const waits = rowsUnder(summary, '**Decisions**').map(row => row[4]);
    decisions.forEach(wait => expect(waits).toContain(wait));
    lists.forEach(({ items }) =>
      expect(summary).toContain(
        `| ${items.filter(({ ticked }) => ticked).length} of ${items.length} items ticked |`
      )
    );
    const tasks = Object.values(state.taskLists).flatMap(list => list.tasks);
    for (const rows of [rowsUnder(summary, '**Tasks**'), rowsUnder(report, '## Tasks')]) {
      expect(rows.map(row => row[5])).toEqual(
        tasks.map(({ status, dueAt, heard }) => {
          const done = status === 'done' ? heard!.at : now;
          return timeOf(dueAt === null ? 0 : Math.max(0, Date.parse(done) - Date.parse(dueAt)));
        })
      );
    }
    const changes = records.filter(({ kind }) => kind === 'driver-changed').map(({ at }) => formatUtc(at));
    for (const rows of [rowsUnder(summary, '**Drivers**'), rowsUnder(report, '## Drivers')]) {
      expect(rows.map(row => row[1])).toEqual(changes);
      expect(rows.map(row => row[2]).slice(0, -1)).toEqual(changes.slice(1));
    }

    // Both formats of the report have the same rows.
    const html = REPORT_FORMATS.html(reportOf(facts, [], now));
    const tables = (report.match(/^(\| --- )+\|$/gm) ?? []).length;
    expect(html.match(/<tr>/g) ?? []).toHaveLength((report.match(/^\| /gm) ?? []).length - tables);
  });

  test('all that can happen has happened', () => {
    expect([...ACTS, 'approval-closed', 'attempt-started'].filter(kind => !kinds.has(kind))).toEqual([]);
  });
});

function addedBelow(cell: CodeCell, mark: string): string[] {
  return (cell.outputs ?? [])
    .filter(({ metadata }) => markOf(metadata) === mark)
    .flatMap(({ data }) => textOf(data!['text/plain'] as string[]).split('\n'));
}
