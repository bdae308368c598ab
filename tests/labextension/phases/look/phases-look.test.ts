// What the phases panel tells about a run.
import { describe, expect, test } from '@jest/globals';
import { EMPTY_OUTLINE } from '../../../../contract/notebook/outline.js';
import type { Person } from '../../../../contract/base/person.js';
import type { RunState } from '../../../../contract/state/state.js';
import type { RecordBody } from '../../../../contract/journal/journal.js';
import { phasesLook, type PhasesLook } from '../../../../labextension/phases/look/phases-look.js';
import type { StateSource } from '../../../../labextension/tokens.js';
import { ENGLISH } from '../../english.js';
import { ROLL_BACK } from '../../../../labextension/resume/commands.js';
import {
  ANN,
  asked,
  decided,
  ended,
  listed,
  opened,
  OUTLINE,
  RUN,
  started,
  stateOf,
  timeOf
} from '../../journal-of.js';

function lookAt(
  state: RunState,
  seconds = 60,
  source: StateSource = 'kernel',
  chosen: ReadonlyMap<string, boolean> = new Map()
): PhasesLook {
  const notebook = { name: 'release.ipynb', run: state.run, outline: OUTLINE, state, source };
  return phasesLook({ notebook, now: Date.parse(timeOf(seconds)), chosen }, ENGLISH);
}

const ALL_OPEN = new Map(OUTLINE.phases.map(phase => [phase.id, true]));

test('while undo steps run nothing else is offered, and the panel says where to look', () => {
  const reached = { kind: 'checkpoint', name: 'before the deploy', step: 'a' } as const;
  const before = [opened(), started('a'), ended('a'), reached] as const;
  const undoing = {
    kind: 'undoing-started',
    checkpoint: null,
    step: 'a',
    rollbacks: [],
    by: ANN,
    reason: 'the pods crash'
  } as const;
  const rowsOf = ({ phases }: PhasesLook): boolean[] =>
    phases.flatMap(phase => [phase, ...phase.steps].map(({ offers }) => offers === 'nothing'));
  const idle = lookAt(stateOf(...before), 60, 'kernel', ALL_OPEN);
  expect(idle.actions.map(({ command }) => command)).toEqual([ROLL_BACK]);
  expect(new Set(rowsOf(idle))).toEqual(new Set([false]));
  const busy = lookAt(stateOf(...before, undoing), 60, 'kernel', ALL_OPEN);
  expect(busy.actions).toEqual([]);
  expect(new Set(rowsOf(busy))).toEqual(new Set([true]));
  expect(busy.rest).toBe('Undo steps are running; see the bar above the notebook.');
});

test('who watches a live run is offered plans alone, and whoever drives everything', () => {
  const run = { ...RUN, mode: 'live' } as const;
  const state = stateOf(opened(run), started('a'), ended('a'));
  const rowsFor = (driver: Person | null): string[] => {
    const notebook = {
      name: 'release.ipynb',
      run,
      outline: OUTLINE,
      state,
      source: 'kernel',
      viewer: { you: ANN, driver }
    } as const;
    return phasesLook({ notebook, now: Date.parse(timeOf(60)) }, ENGLISH).phases.map(({ offers }) => offers);
  };
  expect(new Set(rowsFor({ ...ANN, username: 'bob' }))).toEqual(new Set(['plans']));
  expect(new Set([...rowsFor(ANN), ...rowsFor(null)])).toEqual(new Set(['everything']));
});

test('a runbook offers to make a run of it', () => {
  const of = (source: StateSource): string[] => {
    const notebook = { name: 'release.ipynb', run: null, outline: OUTLINE, state: stateOf(), source };
    return phasesLook({ notebook, now: 0 }, ENGLISH).actions.map(({ command }) => command);
  };
  expect(of('kernel')).toEqual(['launchbook:new-run']);
  expect(of('none')).toEqual([]);
});

test('of an archived run nothing is offered but a new run, and the panel says since when', () => {
  const before = [
    opened(),
    started('a'),
    ended('a', 'failed'),
    { kind: 'kernel-started', version: '0.1.0', pid: 1, by: ANN }
  ] as const;
  const archived = lookAt(stateOf(...before, { kind: 'run-archived', by: ANN }), 60, 'kernel', ALL_OPEN);
  expect(archived.actions.map(({ command }) => command)).toEqual(['launchbook:new-run']);
  expect(archived.note).toBe(
    'Archived at 2026-11-22 08:00:05 UTC. An archived run is read-only; make a new run of its runbook.'
  );
  expect(archived.phases.every(({ offers }) => offers === 'nothing')).toBe(true);
  expect(archived.rest).toBe('');
  const reopened = { kind: 'run-reopened', by: ANN, reason: 'one step more' } as const;
  const again = lookAt(
    stateOf(...before, { kind: 'run-archived', by: ANN }, reopened),
    60,
    'kernel',
    ALL_OPEN
  );
  expect([again.note, again.phases.some(({ offers }) => offers === 'nothing')]).toEqual(['', false]);
});

test('the whole run is rolled back from its head once a checkpoint is reached or an undo step registered', () => {
  const actionsAfter = (...bodies: RecordBody[]): string[] =>
    lookAt(stateOf(opened(), started('a'), ended('a'), ...bodies)).actions.map(({ command }) => command);
  const undo = { kind: 'rollback-registered', rollback: 'r', name: 'Orders back', step: 'a' } as const;
  expect(actionsAfter()).toEqual([]);
  expect(actionsAfter({ kind: 'checkpoint', name: 'before', step: 'a' })).toEqual([ROLL_BACK]);
  expect(actionsAfter(undo)).toEqual([ROLL_BACK]);
  expect(actionsAfter(undo, { kind: 'rollback-ended', rollback: 'r', outcome: 'passed' })).toEqual([]);
});

test('a task list that a cell gathers is among what waits, with who has to do what', () => {
  const owner = { name: 'Bob Ray', members: ['bob'] };
  const task = { deputy: null, dueAt: null, answerBy: null, critical: true, hasCheck: false, owner };
  const look = lookAt(
    stateOf(
      opened(),
      started('a'),
      {
        kind: 'tasks-assigned',
        board: 'task-list',
        name: 'Smoke tests',
        step: 'a',
        attempt: 1,
        phase: 'Preparation',
        tasks: [
          { ...task, id: 't1', title: 'Order a tea' },
          { ...task, id: 't2', title: 'Pay' }
        ]
      },
      { kind: 'gather-started', board: 'task-list', step: 'a', rule: 'all' }
    )
  );
  expect(look.waiting.map(({ name }) => name)).toEqual(['Smoke tests']);
  expect(look.phases[0]?.word).toBe('waiting for Bob Ray: 2 tasks');
});

test('a skipped step is counted apart, and no end is told while a step has failed', () => {
  const skipped = lookAt(
    stateOf(opened(), started('a'), ended('a'), {
      kind: 'step-skipped',
      step: 'b',
      by: ANN,
      reason: 'It is warm'
    })
  );
  expect(skipped.progress).toMatch(/^1 of 4 steps passed · 1 skipped/);
  const failed = lookAt(stateOf(opened(), started('a'), ended('a', 'failed')));
  expect(failed.rest).not.toContain('UTC');
});

describe('an empty panel', () => {
  test('says what to do without a notebook', () => {
    expect(phasesLook({ notebook: null, now: 0 }, ENGLISH).empty).toEqual({
      title: 'No notebook is open',
      text: 'Open a run to see its phases, how far each one is and whom it waits for.'
    });
  });

  test('says what a phase is in a notebook without any', () => {
    const notebook = {
      name: 'n.ipynb',
      run: null,
      outline: EMPTY_OUTLINE,
      state: stateOf(opened(null)),
      source: 'kernel'
    } as const;
    expect(phasesLook({ notebook, now: 0 }, ENGLISH).empty?.text).toContain('“## Deploy”');
  });
});

test('what the kernel has not read yet is told as unknown: it locks nothing, and nothing of it can be skipped', () => {
  const outline = {
    ...OUTLINE,
    phases: OUTLINE.phases.map(phase => ({
      ...phase,
      steps: phase.steps.map(step => ({ ...step, holds: [], isUnknown: true as const }))
    }))
  };
  const lookWith = (state: RunState, source: StateSource): PhasesLook =>
    phasesLook(
      {
        notebook: { name: 'x', run: RUN, outline, state, source },
        now: Date.parse(timeOf(60)),
        chosen: ALL_OPEN
      },
      ENGLISH
    );
  const look = lookWith(stateOf(opened()), 'kernel');
  expect(look.note).toBe('Hold points are unknown until the kernel has read the cells.');
  expect(look.phases.map(phase => [phase.status, phase.detail])).toEqual([
    ['not-started', '0/2'],
    ['not-started', 'lock unknown'],
    ['not-started', 'lock unknown']
  ]);
  expect(look.phases.flatMap(phase => phase.steps.map(step => step.isHold))).not.toContain(false);
  // What the record tells stays known.
  const held = lookWith(stateOf(opened(), started('c'), asked('c')), 'journal');
  expect(held.phases.flatMap(phase => phase.steps.map(step => step.status))).toContain('waiting');
});

test('a fresh run has nothing passed, and what is behind the hold point is locked', () => {
  const look = lookAt(stateOf(opened()));
  expect(look.progress).toBe('0 of 4 steps passed');
  expect(look.phases.map(phase => phase.status)).toEqual(['not-started', 'not-started', 'locked']);
  expect(look.phases[2]).toMatchObject({ word: 'locked', detail: 'until “QA sign-off”' });
  expect(look.isMoving).toBe(false);
});

test('the head names release, environment, mode and driver', () => {
  const look = lookAt(stateOf(opened(), started('a'), ended('a')));
  expect(look.tags.map(tag => tag.text)).toEqual(['2.4.0', 'staging', 'rehearsal']);
  expect(look.driver).toBe('Last run by Ann Lee (claimed)');
  expect(look.title).toBe('Release 2.4.0');
  expect(look.note).toBe('');
});

test('a scratch notebook says that it is none', () => {
  const look = lookAt(stateOf(opened(null)));
  expect(look.tags).toEqual([{ text: 'scratch', kind: 'scratch' }]);
  expect(look.note).toBe('A scratch notebook: good for trying things. Make a run of it for a release.');
});

test('a scratch notebook without headings says how to make a phase', () => {
  const outline = {
    title: '',
    phases: [{ id: 'start', title: 'Start', steps: [{ id: 'a', title: 'x', holds: [] }] }]
  };
  const notebook = { name: 'n', run: null, outline, state: stateOf(opened(null)), source: 'kernel' } as const;
  expect(phasesLook({ notebook, now: 0 }, ENGLISH).note).toContain('“## Deploy”');
});

test('a run without a kernel says that this is how it stood last', () => {
  expect(lookAt(stateOf(opened(RUN)), 60, 'journal').note).toContain('No kernel is connected');
});

test('a run whose kernel is kept from the journal says why', () => {
  const state = stateOf(opened(RUN));
  const refusal = 'The journal is open in another kernel.';
  const notebook = {
    name: 'n',
    run: RUN,
    outline: OUTLINE,
    state,
    source: 'journal',
    refusal
  } as const;
  expect(phasesLook({ notebook, now: 0 }, ENGLISH).note).toBe(refusal);
});

test('a step that ended while nobody had decided waits, and is asked again', () => {
  const error = { name: 'HoldTimedOutError', code: 'hold.timed_out', message: 'Nobody decided.' };
  const held = stateOf(opened(), started('c'), { ...ended('c', 'failed'), error } as RecordBody);
  const [, phase] = lookAt(held, 60, 'kernel', ALL_OPEN).phases;
  expect([phase, phase?.steps[0]]).toMatchObject([
    { status: 'waiting', word: 'waiting', acts: 'rejected' },
    { status: 'waiting', word: 'waiting', acts: 'rejected' }
  ]);
  const failed = stateOf(opened(), started('a'), ended('a', 'failed'));
  expect(lookAt(failed).phases[0]?.steps[0]).toMatchObject({ status: 'failed', acts: 'failed' });
});

test('a waiting phase names who is awaited since when, and the panel lists the hold', () => {
  const look = lookAt(stateOf(opened(), started('c'), asked()));
  expect(look.phases[1]).toMatchObject({
    status: 'waiting',
    word: 'waiting for qa-lead',
    detail: 'since 08:00:03 UTC'
  });
  expect(look.waiting.map(hold => hold.id)).toEqual(['approval-1']);
  expect(look.isMoving).toBe(true);
});

test('a waiting checklist is for anybody', () => {
  const look = lookAt(stateOf(opened(), started('d'), listed()));
  expect(look.phases[2]).toMatchObject({
    word: 'waiting for anybody: 1 item to tick',
    detail: 'since 08:00:03 UTC'
  });
});

test('elapsed time is what ended plus what runs now', () => {
  const look = lookAt(stateOf(opened(), started('a'), ended('a', 'passed', 5000), started('b')), 14);
  expect(look.phases[0]).toMatchObject({ status: 'running', detail: '1/2 · 15 s' });
  expect(look.phases[0]?.steps.map(step => step.detail)).toEqual(['5.0 s', '10 s']);
});

test('a failed step tells its error in the tooltip, a second attempt its number', () => {
  const failed = lookAt(stateOf(opened(), started('a'), ended('a', 'failed')));
  expect(failed.phases[0]).toMatchObject({ status: 'failed' });
  expect(failed.phases[0]?.steps[0]?.tooltip).toContain('exit code 7');
  const again = lookAt(
    stateOf(opened(), started('a'), ended('a', 'failed'), started('a', 2), ended('a', 'passed', 900, 2)),
    60,
    'kernel',
    ALL_OPEN
  );
  expect(again.phases[0]?.steps[0]).toMatchObject({ word: 'passed', detail: '900 ms · attempt 2' });
});

test('a finished run has every phase passed', () => {
  const run = [
    started('a'),
    ended('a'),
    started('b'),
    ended('b'),
    started('c'),
    asked(),
    decided(),
    ended('c')
  ];
  const look = lookAt(stateOf(opened(), ...run, started('d'), ended('d')));
  expect(look.phases.map(phase => phase.word)).toEqual(['passed', 'passed', 'passed']);
  expect(look).toMatchObject({
    doneSteps: 4,
    totalSteps: 4,
    progress: '4 of 4 steps passed · 4 s',
    isMoving: false
  });
});

describe('the steps of a phase', () => {
  test('are shown by themselves while something in it needs eyes', () => {
    const look = lookAt(stateOf(opened(), started('a'), ended('a'), started('b'), ended('b', 'failed')));
    expect(look.phases.map(phase => [phase.isOpen, phase.steps.length])).toEqual([
      [true, 2],
      [false, 0],
      [false, 0]
    ]);
  });

  test('are shown or folded as the person chose, whatever the status', () => {
    const chosen = new Map([
      ['prepare', false],
      ['finish', true]
    ]);
    const look = lookAt(stateOf(opened(), started('a'), ended('a', 'failed')), 60, 'kernel', chosen);
    expect(look.phases.map(phase => phase.isOpen)).toEqual([false, false, true]);
    expect(look.phases[2]?.steps.map(step => step.word)).toEqual(['locked']);
  });

  test('cannot be opened where there are none', () => {
    const outline = { title: 'T', phases: [{ id: 'p', title: 'Prose only', steps: [] }] };
    const notebook = { name: 'n', run: RUN, outline, state: stateOf(opened()), source: 'kernel' } as const;
    expect(phasesLook({ notebook, now: 0 }, ENGLISH).phases[0]).toMatchObject({ isOpen: null, steps: [] });
  });
});
