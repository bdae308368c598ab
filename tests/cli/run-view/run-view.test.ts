// How a run reads in a terminal and in a log, from its records.
import { PassThrough } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import type { RecordBody } from '../../../contract/journal/journal.js';
import { applyRecord } from '../../../contract/reduce/reduce.js';
import { emptyRunState, type RunState } from '../../../contract/state/state.js';
import { endingLines } from '../../../cli/run-view/ending-lines.js';
import { outputText } from '../../../cli/run-view/output-text.js';
import { RunView } from '../../../cli/run-view/run-view.js';
import { ShownText } from '../../../cli/run-view/shown-text.js';
import { OPEN_RULES } from '../../../contract/holds/approval-rules.js';
import { ANN, BOB, OPENED, OUTLINE, stamp } from '../../contract/sample-journal.js';

const started = (step: string, attempt = 1): RecordBody => ({
  kind: 'attempt-started',
  step,
  attempt,
  executionCount: 1,
  queuedAt: '2026-11-22T08:00:00.000Z',
  by: ANN,
  source: '',
  sourceHash: ''
});

const ended = (
  step: string,
  body: Partial<Extract<RecordBody, { kind: 'attempt-ended' }>> = {}
): RecordBody => ({
  kind: 'attempt-ended',
  step,
  attempt: 1,
  outcome: 'passed',
  durationMs: 1500,
  ...body
});

const asked: RecordBody = {
  kind: 'approval-requested',
  approval: 'a1',
  name: 'QA sign-off',
  step: 's1',
  attempt: 1,
  phase: 'QA sign-off',
  request: { question: 'May it?', approvers: ['bob'], evidence: [], expiresAt: null },
  content: 'c'
};

/** Everything that a stream got, and the state at the end. `act` runs behind the record of the same place. */
function follow(
  bodies: readonly RecordBody[],
  act: (view: RunView, index: number) => void = () => undefined
) {
  const stream = new PassThrough();
  const view = new RunView(stream as unknown as NodeJS.WriteStream, false);
  const state: RunState = emptyRunState();
  stamp([OPENED, { kind: 'outline', outline: OUTLINE }, ...bodies]).forEach((record, index) => {
    applyRecord(state, record);
    view.record(record, state);
    act(view, index - 2);
  });
  view.end();
  return { text: String(stream.read() ?? ''), state };
}

describe('a run in a log', () => {
  test('has its phases as headings, and each step with its end and what it printed', () => {
    const { text } = follow([started('p1'), ended('p1'), started('d1', 2), ended('d1')], (view, index) => {
      if (index === 0) {
        view.output({ kind: 'stream', name: 'stdout', text: 'catalog \u001b[32mhea' });
        view.output({ kind: 'stream', name: 'stdout', text: 'lthy\u001b[0m\n10 %\r20 %\n' });
        view.output({ kind: 'stream', name: 'stdout', text: 'no end' });
      }
    });
    expect(text).toBe(
      [
        '',
        'Prepare',
        '▶ Look',
        '  │ catalog healthy',
        '  │ 20 %',
        '  │ no end',
        '✓ Look  1.5 s',
        '',
        'Deploy',
        '▶ Deploy (attempt 2)',
        '✓ Deploy  1.5 s',
        ''
      ].join('\n')
    );
  });

  test('tells decisions and checkpoints behind what the step printed', () => {
    const decision = {
      decision: 'approved',
      by: BOB,
      at: '2026-11-22T08:00:03.000Z',
      comment: 'seen'
    } as const;
    const { text } = follow(
      [
        started('s1'),
        asked,
        { kind: 'approval-decided', approval: 'a1', decision, content: 'c' },
        { kind: 'checkpoint', name: 'released', step: 's1' },
        ended('s1')
      ],
      (view, index) => index === 3 && view.output({ kind: 'stream', name: 'stdout', text: 'late\n' })
    );
    expect(text.split('\n').slice(2, -1)).toEqual([
      '▶ Ask',
      '  │ late',
      `  “QA sign-off” approved by ${BOB.name} (signed): seen`,
      '  checkpoint “released”',
      '✓ Ask  1.5 s'
    ]);
  });

  test.each([
    ['a failure', { outcome: 'failed', error: fault('shell.failed') }, '✗ Ask  failed after 1.5 s'],
    ['a hold point', { outcome: 'failed', error: fault('hold.unanswered') }, '◔ Ask  held after 1.5 s'],
    ['a rejection', { outcome: 'rejected', error: fault('hold.rejected') }, '⊘ Ask  rejected after 1.5 s'],
    ['an unknown end', { outcome: 'inconclusive' }, '? Ask  inconclusive after 1.5 s']
  ] as const)('tells %s by glyph and word', (_name, body, line) => {
    expect(follow([started('s1'), ended('s1', body)]).text).toContain(line);
  });
});

describe('a display that changes', () => {
  const frame = (text: string, displayId = 'd', kind: 'display' | 'update' = 'update') =>
    ({ kind, data: { 'text/plain': text }, metadata: {}, displayId }) as const;

  test('is told once, in its last form, when its step has ended', () => {
    const { text } = follow([started('p1'), ended('p1')], (view, index) => {
      if (index === 0) {
        view.output(frame('0 of 3 passed', 'table', 'display'));
        view.output({ kind: 'stream', name: 'stdout', text: 'web-1 | up\n' });
        view.output(frame('Waiting: 1 s', 'wait', 'display'));
        view.output(frame('1 of 3 passed', 'table'));
        view.output(frame('☑ Waiting: done', 'wait'));
        view.output(frame('3 of 3 passed', 'table'));
        view.output(frame('of a display that is not here', 'other'));
      }
    });
    expect(text.split('\n').slice(2, -1)).toEqual([
      '▶ Look',
      '  │ web-1 | up',
      '  │ 3 of 3 passed',
      '  │ ☑ Waiting: done',
      '✓ Look  1.5 s'
    ]);
  });

  test('is told once more at the end of all when it has changed after its step', () => {
    const shown = new ShownText();
    shown.take(frame('first', 'd', 'display'), 'a');
    shown.take(frame('second', 'e', 'display'), 'a');
    expect(shown.end()).toBe('first\nsecond\n');
    const late = (text: string, displayId: string): void =>
      void shown.takeLate({ ...frame(text, displayId), kind: 'update' });
    late('first', 'd');
    late('half', 'e');
    late('done', 'e');
    late('of a display that is not here', 'f');
    expect([shown.end(), shown.endAll(), shown.endAll()]).toEqual(['', 'done\n', '']);
  });

  test('that came after the end of its cell was told is told once, in its last form', () => {
    const shown = new ShownText();
    expect(shown.end()).toBe('');
    shown.take(frame('half', 'd', 'display'), 'a');
    shown.takeLate({ ...frame('done', 'd'), kind: 'update' });
    expect([shown.end(), shown.endAll()]).toEqual(['done\n', '']);
  });

  test('of a cell that has ended already is told in its last form, and its lines at once', () => {
    const shown = new ShownText();
    expect(shown.takeLate({ kind: 'stream', name: 'stdout', text: 'line\n' })).toBe('line\n');
    expect(shown.takeLate(frame('half', 'd', 'display'))).toBe('');
    shown.takeLate(frame('done', 'd'));
    expect([shown.end(), shown.endAll(), shown.endAll()]).toEqual(['', 'done\n', '']);
  });

  test('is told before what the next step shows, and is gone when the outputs are cleared', () => {
    const shown = new ShownText();
    expect(shown.take(frame('first', 'd', 'display'), 'a')).toBe('');
    expect(shown.running).toBe('first');
    expect(shown.take({ kind: 'stream', name: 'stdout', text: 'next\n' }, 'b')).toBe('first\nnext\n');
    expect(shown.take(frame('second', 'e', 'display'), 'b')).toBe('');
    shown.take({ kind: 'clear', wait: false }, 'b');
    expect([shown.end(), shown.running]).toEqual(['', '']);
  });
});

describe('the end of a run', () => {
  const none = follow([]).state;

  test('says what to do next, as it can be typed', () => {
    const held = follow([
      started('s1'),
      asked,
      { kind: 'approval-closed', approval: 'a1', status: 'withdrawn', reason: 'Nobody.' }
    ]).state;
    const error = {
      name: 'HoldUnansweredError',
      code: 'hold.unanswered',
      message: 'Nobody can decide here.'
    };
    const again = { ...error, code: 'again.unanswered' };
    expect(endingLines({ outcome: 'held', step: 's1', error: again }, held, 'r.ipynb').at(-1)).toBe(
      'Let it run again: launchbook run r.ipynb --again Ask'
    );
    const doubt = 'Four eyes cannot be kept: root drives and is only claimed, so no decision counts.';
    const rules = { ...OPEN_RULES, fourEyes: true, driverGrade: 'authenticated' } as const;
    const doubted = follow([
      started('s1'),
      { ...asked, request: { ...asked.request, rules, doubt } },
      { kind: 'approval-closed', approval: 'a1', status: 'withdrawn', reason: 'Nobody.' }
    ]).state;
    // A decision would change nothing.
    expect(endingLines({ outcome: 'held', step: 's1', error }, doubted, 'r.ipynb').at(-1)).toBe(doubt);
    const unasked = follow([started('s1')]).state;
    const typed = { ...error, code: 'guard.unanswered' };
    expect(endingLines({ outcome: 'held', step: 's1', error }, unasked, 'r.ipynb').at(-1)).toBe(
      'Go on in JupyterLab, where it is answered; launchbook run would only wait for it again.'
    );
    expect(endingLines({ outcome: 'held', step: 's1', error: typed }, unasked, 'r.ipynb').at(-1)).toBe(
      'Go on in JupyterLab, where its name is typed.'
    );
    expect(endingLines({ outcome: 'held', step: 's1', error }, held, "runs/ann's/release.ipynb")).toEqual([
      '',
      '◔ held at “Ask”: Nobody can decide here.',
      `Decide: launchbook approve 'runs/ann'\\''s/release.ipynb' "QA sign-off" --approve --write, then go on: launchbook run 'runs/ann'\\''s/release.ipynb'`
    ]);
  });

  test('names the phase that was to be the last', () => {
    const end = { outcome: 'passed', step: null, error: null } as const;
    expect(endingLines(end, none, 'a.ipynb', 'Prepare')).toEqual(['', '✓ passed up to “Prepare”']);
    expect(endingLines(end, none, 'a.ipynb')).toEqual(['', '✓ passed']);
  });

  test('tells an interrupted step from one that died', () => {
    const interrupted = { name: 'KeyboardInterrupt', code: 'cell.interrupted', message: 'Interrupted.' };
    const died = {
      name: 'InconclusiveError',
      code: 'effect.inconclusive',
      message: 'The last attempt died.'
    };
    const lines = [interrupted, died].map(error =>
      endingLines({ outcome: 'inconclusive', step: 'p1', error }, none, 'a.ipynb').at(-1)
    );
    expect(lines).toEqual([
      expect.stringContaining('launchbook run a.ipynb'),
      expect.stringContaining('launchbook resume a.ipynb --plan')
    ]);
  });
});

test('what only a notebook can show is left out', () => {
  const data = { 'text/plain': 'plain', 'text/html': '<b>plain</b>' };
  expect(outputText({ kind: 'display', data, metadata: {} })).toBe('plain\n');
  expect(outputText({ kind: 'display', data: { 'image/png': 'x' }, metadata: {} })).toBe('');
  expect(outputText({ kind: 'error', ename: 'E', evalue: 'no', traceback: ['E: no', 'line 1'] })).toBe(
    'E: no\nline 1\n'
  );
});

function fault(code: string) {
  return { name: 'Error', message: 'no', code } as const;
}
