// A run at random: failures, retries, skips, rollbacks, deaths, people and their words, as a kernel would have recorded them. The texts of
// people are hostile to every format; their tags are none that we write, so that ours can be told apart.
import type { JournalRecord, RecordBody } from '../../../contract/journal/journal.js';
import type { OutlineCell } from '../../../contract/notebook/outline.js';
import { undoStepOf } from '../../../contract/notebook/outline.js';
import { approvalBundle, checklistBundle, taskListBundle } from '../../../contract/holds/fallback.js';
import type { Person } from '../../../contract/base/person.js';
import type { Outcome, RunInfo } from '../../../contract/base/run.js';
import { applyRecord } from '../../../contract/reduce/reduce.js';
import { emptyRunState } from '../../../contract/state/state.js';
import { readOutline } from '../../../record/source/read-outline.js';
import { sha256 } from '../../../record/hash.js';
import type { RunFiles } from '../../../lifecycle/notebook/read-run.js';
import { makeRandom } from '../../random.js';

const PEOPLE: readonly Person[] = [
  { username: 'ann', name: 'Ann Lee', grade: 'claimed' },
  { username: 'bob', name: 'Bob <q>Ray</q>', grade: 'signed' },
  { username: 'eve', name: 'Eve | Orr', grade: 'authenticated' }
];

const WORDS = [
  'checkout is slow',
  'a | b || c',
  '<script>alert(1)</script>',
  '<q>bold</q> & *stars* _lines_ ~~gone~~',
  'two\nlines\r\nand a third',
  '`code` [link](https://example.com/a_b_c) ![x](y)',
  'costs $5 and $6, 100 % of it',
  '- no list\n1. no number\n# no heading',
  '\\backslash\\ and "quotes" and \'more\'',
  'über Ærø 日本語 🚀',
  '--- | ---',
  '&lt;q&gt; &amp;amp; &#42;'
];

/** What a run can do next, by its name. */
type Moves = { readonly [move: string]: () => void };

/** The run of a seed. */
export function randomRun(seed: number): RunFiles {
  const random = makeRandom(seed);
  const below = (count: number): number => Math.floor(random() * count);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
  const person = (): Person => pick(PEOPLE);
  const words = (): string => `${pick(WORDS)} ${below(1000)}`;
  const run: RunInfo = {
    id: `2.4.${seed}-production-3f9c21`,
    runbook: 'release.ipynb',
    commit: null,
    release: `2.4.${seed}`,
    environment: 'production',
    mode: random() < 0.7 ? 'live' : 'rehearsal',
    createdAt: '2026-11-22T07:59:00.000Z',
    createdBy: PEOPLE[0]!,
    parameters: {}
  };
  const cells = cellsOf(below, words);
  const outline = readOutline(cells);
  const steps = outline.phases.flatMap(phase => phase.steps);
  const state = emptyRunState();
  const records: JournalRecord[] = [];
  let atMs = Date.UTC(2026, 10, 22, 8, 0, 0);
  const write = (body: RecordBody, laterMs = below(90_000)): void => {
    atMs += laterMs;
    const record = {
      seq: records.length + 1,
      at: new Date(atMs).toISOString(),
      prev: '0'.repeat(64),
      ...body
    };
    records.push(record);
    applyRecord(state, record);
  };
  let count = 0;
  const id = (kind: string): string => `${kind}-${++count}`;

  const begin = (step: string, more: object = {}): number => {
    const attempt = (state.steps[step]?.attempts.at(-1)?.attempt ?? 0) + 1;
    const by = state.driver?.person ?? person();
    if (run.mode === 'live' && state.driver === null) {
      write({ kind: 'driver-changed', by, client: by.username, how: 'first', reason: '' });
    }
    const source = textIn(cells, step);
    write({
      kind: 'attempt-started',
      step,
      attempt,
      executionCount: ++count,
      queuedAt: new Date(atMs).toISOString(),
      by,
      source,
      sourceHash: sha256(source),
      ...more
    });
    return attempt;
  };
  const end = (step: string, attempt: number, outcome: Outcome): void =>
    write({
      kind: 'attempt-ended',
      step,
      attempt,
      outcome,
      durationMs: pick([3, 850, 12_345, 754_321, 7_654_321]),
      ...(outcome === 'failed' ? { error: { name: 'Error', code: 'x', message: words() } } : {})
    });
  const act = (step: string, attempt: number): string => {
    const effect = id('effect');
    write({ kind: 'effect-started', effect, step, attempt, helper: 'shell', label: words(), request: {} });
    return effect;
  };

  const MOVES: Moves = {
    pass: () => {
      const { id: step } = pick(steps);
      const attempt = begin(step);
      const effect = act(step, attempt);
      write({ kind: 'effect-ended', effect, outcome: 'passed', durationMs: 5, result: null });
      end(step, attempt, 'passed');
    },
    fail: () => {
      const { id: step } = pick(steps);
      end(step, begin(step), pick(['failed', 'failed', 'rejected', 'inconclusive']));
    },
    outOfOrder: () => {
      const { id: step } = pick(steps);
      const open = [pick(steps).id, pick(steps).id];
      const waived = { by: person(), reason: words() };
      if (random() < 0.5) {
        write({ kind: 'order-waived', step, open, ...waived });
      }
      end(step, begin(step, { outOfOrder: { open, ...(random() < 0.5 ? { waived } : {}) } }), 'passed');
    },
    continued: () => {
      const { id: step } = pick(steps);
      const attempt = begin(step);
      end(step, attempt, 'failed');
      write({
        kind: 'step-continued',
        step,
        attempt,
        sourceHash: 'h',
        by: person(),
        reason: pick([null, words()])
      });
      end(step, begin(step, { continues: attempt }), 'passed');
    },
    die: () => {
      const { id: step } = pick(steps);
      const effect = act(step, begin(step));
      write(
        random() < 0.5
          ? { kind: 'kernel-started', version: '0.1.0', pid: 1, by: PEOPLE[0]! }
          : { kind: 'executor-replaced', reason: words() }
      );
      if (random() < 0.7) {
        const judgement = pick(['passed', 'failed', 'again'] as const);
        write({ kind: 'effect-judged', effect, judgement, by: person(), reason: words() });
      }
      if (state.recovery && random() < 0.7) {
        write({ kind: 'resume-started', by: person(), steps: state.recovery.lost });
        state.recovery?.lost.forEach(lost =>
          write({ kind: 'step-replayed', step: lost, attempt: 1, durationMs: 1 }, 1)
        );
        write({ kind: 'resume-ended', outcome: pick(['passed', 'failed']) });
      }
    },
    skip: () => write({ kind: 'step-skipped', step: pick(steps).id, by: person(), reason: words() }),
    discard: () =>
      write({
        kind: 'recovery-discarded',
        from: pick([null, pick(steps).id]),
        by: person(),
        reason: words()
      }),
    rollBack: () => {
      const from = below(steps.length);
      const { id: step } = steps[from]!;
      const rollback = id('undo');
      write({ kind: 'rollback-registered', rollback, name: words(), step });
      const why = { checkpoint: null, step, by: person(), reason: words() };
      write({ kind: 'undoing-started', ...why, rollbacks: [rollback] });
      const undo = undoStepOf(rollback);
      const attempt = begin(undo);
      const outcome = pick(['passed', 'passed', 'failed'] as const);
      write({ kind: 'rollback-started', rollback, step: undo });
      write({ kind: 'rollback-ended', rollback, outcome });
      end(undo, attempt, outcome);
      if (outcome === 'failed') {
        write({ kind: 'undoing-stopped', error: { name: 'Error', code: 'x', message: words() } });
        return;
      }
      const stale = steps.slice(from).filter(({ id }) => state.steps[id]);
      const approvals = Object.values(state.approvals).filter(
        approval => approval.status === 'approved' && stale.some(({ id }) => id === approval.step)
      );
      write({
        kind: 'rolled-back',
        ...why,
        steps: stale.map(({ id }) => id),
        approvals: approvals.map(({ id }) => id)
      });
    },
    checkpoint: () => write({ kind: 'checkpoint', name: words(), step: pick(steps).id }),
    ask: () => {
      const { id: step } = pick(steps);
      const attempt = begin(step);
      const approval = id('approval');
      const content = 'c'.repeat(64);
      const request = { question: words(), approvers: [], evidence: [], expiresAt: null };
      write({
        kind: 'approval-requested',
        approval,
        name: words(),
        step,
        attempt,
        phase: 'x',
        request,
        content
      });
      const what = pick(['approved', 'rejected', 'expired', 'glass', 'none']);
      const by = person();
      if (what === 'approved' || what === 'rejected') {
        const at = new Date(atMs + below(900_000)).toISOString();
        write({
          kind: 'approval-decided',
          approval,
          decision: { decision: what, by, at, comment: words() },
          content
        });
      } else if (what === 'expired') {
        write({ kind: 'approval-closed', approval, status: 'expired', reason: words() });
      } else if (what === 'glass') {
        write({ kind: 'glass-broken', approval, by, reason: words() });
      }
      end(
        step,
        attempt,
        what === 'rejected' ? 'rejected' : what === 'approved' || what === 'glass' ? 'passed' : 'failed'
      );
      if (what === 'approved' && random() < 0.3) {
        write({ kind: 'approval-closed', approval, status: 'revoked', reason: words(), by: person() });
      }
    },
    tick: () => {
      const { id: step } = pick(steps);
      const attempt = begin(step);
      const checklist = id('list');
      const items = [words(), words(), words()].map(text => ({ text, required: true }));
      write({ kind: 'checklist-requested', checklist, name: words(), step, attempt, phase: 'x', items });
      items.forEach((_, item) => {
        if (random() < 0.8) {
          write({ kind: 'checklist-ticked', checklist, item, ticked: random() < 0.8, by: person() });
        }
      });
      const isDone = state.checklists[checklist]!.items.every(({ ticked }) => ticked);
      write({ kind: 'checklist-closed', checklist, status: isDone ? 'done' : 'withdrawn' });
      end(step, attempt, isDone ? 'passed' : 'failed');
    },
    assign: () => {
      const { id: step } = pick(steps);
      const attempt = begin(step);
      const board = id('tasks');
      const seat = (): { name: string; members: string[] } => {
        const { username: name } = person();
        return { name, members: [name] };
      };
      const tasks = Array.from({ length: 1 + below(3) }, (_, index) => ({
        id: `task-${index}`,
        title: words(),
        owner: seat(),
        deputy: random() < 0.5 ? seat() : null,
        dueAt: random() < 0.6 ? new Date(atMs + below(200_000)).toISOString() : null,
        answerBy: null,
        critical: false,
        hasCheck: false
      }));
      write({ kind: 'tasks-assigned', board, name: words(), step, attempt, phase: 'x', tasks });
      end(step, attempt, 'passed');
      for (const task of tasks) {
        if (task.deputy && random() < 0.3) {
          write({ kind: 'task-handed-over', board, task: task.id, reason: words() });
        }
        if (random() < 0.7) {
          const status = pick(['accepted', 'done', 'open'] as const);
          write({
            kind: 'task-moved',
            board,
            task: task.id,
            status,
            by: person(),
            comment: pick(['', words()])
          });
        }
      }
    },
    wheel: () => {
      if (state.driver) {
        const how = pick(['handed-over', 'replaced'] as const);
        const by = person();
        const agreed = how === 'handed-over' ? { agreedBy: state.driver.person } : {};
        const reason = how === 'replaced' ? words() : '';
        write({ kind: 'driver-changed', by, client: by.username, how, reason, ...agreed });
      }
    },
    note: () => write({ kind: 'note', text: words(), step: pick([null, pick(steps).id]), by: person() })
  };

  write({ kind: 'journal-opened', format: 1, version: '0.1.0', notebook: 'release.ipynb', run });
  write({ kind: 'kernel-started', version: '0.1.0', pid: 1, by: PEOPLE[0]! });
  write({ kind: 'outline', outline });
  if (random() < 0.5) {
    // Half of the runs go well for most of their way, as runs do.
    steps.forEach(({ id: step }) => end(step, begin(step), 'passed'));
  }
  for (let moves = below(30); moves > 0; moves--) {
    MOVES[pick(Object.keys(MOVES))]!();
  }
  const shown = cells.map(cell => ({ ...cell, ...outputsOf(cell, state, words) }));
  return {
    path: 'release.ipynb',
    notebook: { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: shown },
    run,
    journalPath: 'release.journal.jsonl',
    journalText: '',
    records,
    torn: null,
    state,
    outline
  };
}

/** One to four phases with one to four steps each, in which times are planned now and then. */
function cellsOf(below: (count: number) => number, words: () => string): OutlineCell[] {
  let count = 0;
  const id = (): string => `cell-${++count}`;
  const text = (source: string): OutlineCell => ({ id: id(), cell_type: 'markdown', metadata: {}, source });
  const code = (source: string): OutlineCell => ({ id: id(), cell_type: 'code', metadata: {}, source });
  const line = (): string => words().replace(/\s+/g, ' ');
  const planned = (): string => (below(3) === 0 ? `\n\nPlanned: ${1 + below(9)} min` : '');
  return Array.from({ length: 1 + below(4) }, (_, phase) => [
    text(`## Phase ${phase} ${line()}${planned()}`),
    ...Array.from({ length: 1 + below(4) }, (_each, step) => [
      ...(below(2) === 0 ? [text(`### Step ${step} ${line()}${planned()}`)] : []),
      code(`// ${step} ${line()}\n${below(8) === 0 ? "await approval('Go');" : 'await $`true`;'}`)
    ]).flat()
  ]).flat();
}

function textIn(cells: readonly OutlineCell[], id: string): string {
  return cells.find(cell => cell.id === id)?.source.toString() ?? '';
}

/** What a step has shown: a line, and the holds that it asked for as their bundles. */
function outputsOf(
  { id = '', cell_type: type }: OutlineCell,
  state: RunFiles['state'],
  words: () => string
): object {
  if (type !== 'code') {
    return {};
  }
  const bundles = [
    ...Object.values(state.approvals)
      .filter(({ step }) => step === id)
      .map(hold => approvalBundle(hold, null)),
    ...Object.values(state.checklists)
      .filter(({ step }) => step === id)
      .map(hold => checklistBundle(hold, null)),
    ...Object.values(state.taskLists)
      .filter(({ step }) => step === id)
      .map(hold => taskListBundle(hold, null, state.lastAt ?? ''))
  ];
  return {
    execution_count: null,
    outputs: [
      ...(state.steps[id]?.attempts.length
        ? [{ output_type: 'stream', name: 'stdout', text: `${words()}\n` }]
        : []),
      ...bundles.map(data => ({ output_type: 'display_data', data, metadata: {} }))
    ]
  };
}
