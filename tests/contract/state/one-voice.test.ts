// One voice: whatever has become of a step, panel, cell, status, board, Slack, report and archive call it by the same word.
import { describe, expect, test } from '@jest/globals';
import type { RecordBody } from '../../../contract/journal/journal.js';
import { textOf, undoStepOf, type Outline, type OutlineCell } from '../../../contract/notebook/outline.js';
import type { StepStatus } from '../../../contract/base/run.js';
import { statusWords } from '../../../contract/state/status-words.js';
import { isHeld, type StepState } from '../../../contract/state/state.js';
import { toldStatus } from '../../../contract/state/told-status.js';
import { phasesLook } from '../../../labextension/phases/look/phases-look.js';
import { cellTimingOf } from '../../../labextension/timing/cell-timing.js';
import { timingLine } from '../../../labextension/timing/timing-line.js';
import { archivedNotebook } from '../../../lifecycle/archive/archived-notebook.js';
import { partOf } from '../../../lifecycle/board/parts.js';
import { archiveFacts } from '../../../lifecycle/facts/archive-facts.js';
import { markOf, type CodeCell } from '../../../lifecycle/notebook/archive-marks.js';
import type { RunFiles } from '../../../lifecycle/notebook/read-run.js';
import { REPORT_FORMATS } from '../../../lifecycle/report/report-formats.js';
import { reportOf } from '../../../lifecycle/report/report-run.js';
import { firstMessage } from '../../../lifecycle/slack-thread/first-message.js';
import { ThreadWriter } from '../../../lifecycle/slack-thread/thread-writer.js';
import { STATUS_FORMATS } from '../../../lifecycle/status/format/formats.js';
import { summarizeRun } from '../../../lifecycle/status/summarize-run.js';
import { ENGLISH } from '../../labextension/english.js';
import { randomRun } from '../../lifecycle/facts/random-run.js';
import { rounds } from '../../proof.js';
import {
  ANN,
  asked,
  decided,
  ended,
  journalOf,
  opened,
  RUN,
  started,
  stateOf
} from '../../labextension/journal-of.js';

/** The step that is looked at stands alone in its phase, so that the phase is told as the step is. */
const OUTLINE: Outline = {
  title: 'Release 2.4.0',
  locks: 'outcome',
  phases: [
    { id: 'before', title: 'Preparation', steps: [{ id: 'a', title: 'Check', holds: [] }] },
    { id: 'phase', title: 'Deployment', steps: [{ id: 'c', title: 'Deploy', holds: [] }] }
  ]
};

const BEGUN: readonly RecordBody[] = [opened(), { kind: 'outline', outline: OUTLINE }];
const PASSED: readonly RecordBody[] = [...BEGUN, started('a'), ended('a'), started('c'), ended('c')];
const UNDO = undoStepOf('undo-1');
const REGISTERED: readonly RecordBody[] = [
  ...BEGUN,
  started('a'),
  ended('a'),
  started('c'),
  { kind: 'rollback-registered', rollback: 'undo-1', name: 'orders back', step: 'c' },
  ended('c')
];
const UNDOING: readonly RecordBody[] = [
  {
    kind: 'undoing-started',
    by: ANN,
    checkpoint: null,
    step: 'c',
    reason: 'Customers cannot pay',
    rollbacks: ['undo-1']
  },
  started(UNDO),
  { kind: 'rollback-started', rollback: 'undo-1', step: UNDO },
  { kind: 'rollback-ended', rollback: 'undo-1', outcome: 'passed' },
  ended(UNDO)
];
const HELD: RecordBody = {
  kind: 'attempt-ended',
  step: 'c',
  attempt: 1,
  outcome: 'failed',
  durationMs: 1000,
  error: { name: 'HoldTimedOutError', code: 'hold.timed_out', message: 'Nobody decided.' }
};

/** What can become of a step, and the status by which it is called. */
const FATES: { readonly [fate: string]: readonly [StepStatus, ...RecordBody[]] } = {
  runs: ['running', ...BEGUN, started('c')],
  waits: ['waiting', ...BEGUN, started('c'), asked()],
  passed: ['passed', ...PASSED],
  'was approved': ['passed', ...BEGUN, started('c'), asked(), decided(), ended('c')],
  failed: ['failed', ...BEGUN, started('c'), ended('c', 'failed')],
  'failed after its end': ['failed', ...PASSED, ended('c', 'failed')],
  'was rejected': ['rejected', ...BEGUN, started('c'), asked(), decided('rejected'), ended('c', 'rejected')],
  'was held: nobody has decided': ['waiting', ...BEGUN, started('c'), HELD],
  'has no known end': ['inconclusive', ...BEGUN, started('c'), ended('c', 'inconclusive')],
  'died with its kernel': [
    'inconclusive',
    ...BEGUN,
    started('c'),
    { kind: 'kernel-started', version: '0.1.0', pid: 1, by: ANN }
  ],
  'was left out before it began': [
    'skipped',
    ...BEGUN,
    { kind: 'step-skipped', step: 'c', by: ANN, reason: 'Nothing to do' }
  ],
  'was left out after it failed': [
    'skipped',
    ...BEGUN,
    started('c'),
    ended('c', 'failed'),
    { kind: 'step-skipped', step: 'c', by: ANN, reason: 'Nothing to do' }
  ],
  'is stale: a step before it was run again': [
    'stale',
    ...PASSED,
    started('a', 2),
    ended('a', 'passed', 1000, 2)
  ],
  'was discarded': [
    'stale',
    ...PASSED,
    { kind: 'kernel-started', version: '0.1.0', pid: 1, by: ANN },
    { kind: 'recovery-discarded', by: ANN, from: 'c', reason: 'Begin again' }
  ],
  'is undone, and the rollback goes on': ['stale', ...REGISTERED, ...UNDOING],
  'was rolled back': [
    'stale',
    ...REGISTERED,
    ...UNDOING,
    {
      kind: 'rolled-back',
      by: ANN,
      checkpoint: null,
      step: 'c',
      reason: 'Customers cannot pay',
      steps: ['c'],
      approvals: []
    }
  ],
  'runs again': ['running', ...PASSED, started('c', 2)],
  'passed at the second try': [
    'passed',
    ...BEGUN,
    started('c'),
    ended('c', 'failed'),
    started('c', 2),
    ended('c', 'passed', 1000, 2)
  ]
};

describe.each(Object.entries(FATES))('a step that %s', (_, [status, ...bodies]) => {
  const files = filesOf(bodies);
  const { word, glyph } = statusWords(status);

  test('is called by its one word in panel and cell, status, board, report and archive', () => {
    const told = wordsOf(files);
    expect({ ...told, cell: told.cell.map(each => each ?? word) }).toEqual({
      panel: [expect.any(String), word],
      panelPhase: word,
      cell: [expect.any(String), word],
      text: expect.stringMatching(new RegExp(`^  ${escaped(glyph)} Deployment +${word} `, 'm')),
      md: expect.stringContaining(`| ${glyph} | Deployment | ${word} |`),
      html: expect.stringContaining(`<th scope="row">Deployment</th><td>${glyph} ${word}</td>`),
      slack: expect.stringContaining(`${glyph} Deployment`),
      board: expect.stringContaining(`<th scope="row">Deployment</th><td>${glyph} ${word}</td>`),
      thread: expect.stringContaining(`${glyph} Deployment`),
      report: [expect.any(String), word],
      archive: [expect.any(String), word],
      below: expect.stringMatching(belowText(files.state.steps['c'], word))
    });
  });
});

const RUNS = rounds({ inTest: 20, inProof: 200 });

test(`in ${RUNS} random runs panel, cell, report and archive call every step alike`, () => {
  const seen = new Set<string>();
  for (let seed = 1; seed <= RUNS; seed++) {
    const { panel, cell, report, archive } = wordsOf(randomRun(seed));
    panel.forEach(word => seen.add(word));
    expect([seed, report, archive]).toEqual([seed, panel, panel]);
    // A cell that never ran tells nothing.
    expect([seed, cell.map((word, index) => word ?? panel[index])]).toEqual([seed, panel]);
  }
  expect([...seen]).toEqual(expect.arrayContaining(['passed', 'failed', 'stale', 'skipped']));
});

/** The word for each step, in the order of the notebook, in every place that tells it. */
function wordsOf(files: RunFiles) {
  const { state, outline, notebook } = files;
  const now = state.lastAt!;
  const facts = archiveFacts(files, []);
  const summary = summarizeRun({ files, earlier: [], now });
  const steps = outline.phases.flatMap(phase => phase.steps);
  const look = phasesLook(
    {
      notebook: { name: 'release.ipynb', run: files.run, outline, state, source: 'kernel' },
      now: Date.parse(now),
      chosen: new Map(outline.phases.map(({ id }) => [id, true]))
    },
    ENGLISH
  );
  const { cells } = archivedNotebook(notebook, facts, 'x.journal.jsonl').notebook;
  const text = textOf(cells[0]!.source);
  return {
    panel: look.phases.flatMap(phase => phase.steps.map(({ word }) => word)),
    panelPhase: statusWords(look.phases.at(-1)!.status).word,
    cell: steps.map(step => {
      const told = toldStatus(state, step.id);
      const timing = cellTimingOf(state.steps[step.id], undefined, [], null, told);
      return timing && timingLine(timing, { zone: 'UTC', now, words: ENGLISH })!.word;
    }),
    text: STATUS_FORMATS.text(summary),
    md: STATUS_FORMATS.md(summary),
    html: STATUS_FORMATS.html(summary),
    slack: STATUS_FORMATS.slack(summary),
    board: partOf('run', summary).html,
    thread: firstMessage(
      { state, phases: facts.phases, rolledBack: null },
      new ThreadWriter({ mask: each => each, slackIds: {}, addressOf: () => null, pagesAt: null })
    ),
    report: wordsUnder(REPORT_FORMATS.md(reportOf(facts, [], now)), '## Steps'),
    archive: wordsUnder(text, '**Steps**'),
    below: belowOf(cells.find(({ id }) => id === 'c'))
  };
}

/** The third column of the table under a title, without its mark. */
function wordsUnder(text: string, title: string): string[] {
  const lines = text.split('\n');
  const rows = lines.slice(lines.indexOf(title) + 1).filter((line, index, all) => {
    const end = all.findIndex((each, place) => place > 1 && !each.startsWith('| '));
    return line.startsWith('| ') && (end === -1 || index < end);
  });
  return rows.slice(2).map(row => row.split(' | ')[2]!.replace(/^\S+ /, ''));
}

/** What the archive says below a cell of how its step stands, and of its attempts. */
function belowOf(cell: OutlineCell | undefined): string {
  return ((cell as CodeCell | undefined)?.outputs ?? [])
    .filter(({ metadata }) => markOf(metadata) === 'times')
    .flatMap(({ data }) => textOf(data!['text/plain'] as string[]))
    .join('\n');
}

/** A run with this journal. */
function filesOf(bodies: readonly RecordBody[]): RunFiles {
  const cells = OUTLINE.phases.flatMap(({ id, title, steps }) => [
    { cell_type: 'markdown', id, source: `## ${title}`, metadata: {} },
    ...steps.map(step => ({
      cell_type: 'code',
      id: step.id,
      source: `// ${step.title}`,
      metadata: {},
      execution_count: null,
      outputs: []
    }))
  ]);
  return {
    path: 'release.ipynb',
    notebook: { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 },
    run: RUN,
    journalPath: 'release.journal.jsonl',
    journalText: '',
    records: journalOf(...bodies),
    torn: null,
    state: stateOf(...bodies),
    outline: OUTLINE
  };
}

function escaped(text: string): string {
  return text.replace(/[?*+.]/g, '\\$&');
}

/** An attempt that has not ended is told as that, and one that was held has its own word; a step that never ran has no times. */
function belowText(step: StepState | undefined, word: string): RegExp {
  const last = step?.attempts.at(-1);
  return !last
    ? /^$/
    : last.outcome === null
      ? / not ended /
      : new RegExp(`^\\S ${isHeld(last) ? 'held' : word} [^\\n]*$`, 'm');
}
