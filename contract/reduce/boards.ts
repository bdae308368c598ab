// What the records of boards mean. A board outlives the cell that assigned it: people work on while other steps run.
import type { BoardState, TaskState } from '../board.js';
import { resumeStep, waitFor, type Draft, type RulesOf } from './draft.js';

type BoardKind =
  'tasks-assigned' | 'task-moved' | 'task-checked' | 'task-handed-over' | 'gather-started' | 'gather-ended';

export const BOARD_RULES: RulesOf<BoardKind> = {
  'tasks-assigned': (draft, record) => {
    draft.boards[record.board] = {
      id: record.board,
      name: record.name,
      step: record.step,
      attempt: record.attempt,
      phase: record.phase,
      tasks: record.tasks.map(task => ({
        ...task,
        status: 'open',
        heard: null,
        handedOverAt: null,
        checkFault: ''
      })),
      assignedAt: record.at,
      gathering: null,
      status: 'open',
      changedAt: record.at,
      rev: record.seq
    };
  },
  'task-moved': (draft, record) => {
    const { status, by, comment, at } = record;
    updateTask(draft, record, () => ({ status, heard: { by, at, comment }, checkFault: '' }));
  },
  'task-checked': (draft, record) =>
    updateTask(draft, record, task =>
      task.status === 'claimed'
        ? { status: record.passed ? 'done' : 'accepted', checkFault: record.passed ? '' : record.fault }
        : {}
    ),
  'task-handed-over': (draft, record) => updateTask(draft, record, () => ({ handedOverAt: record.at })),
  'gather-started': (draft, record) => {
    update(draft, record, () => ({ gathering: record.rule, status: 'open' }));
    const board = draft.boards[record.board];
    if (board) {
      waitFor(draft, record.step, board.id);
    }
  },
  'gather-ended': (draft, record) => {
    const status = record.status === 'gathered' ? ('gathered' as const) : ('open' as const);
    update(draft, record, () => ({ gathering: null, status }));
    resumeStep(draft, record.step);
  }
};

/** A process ended: no cell waits any more. The tasks stay with their people. */
export function endGathering(draft: Draft, at: string, seq: number): void {
  for (const board of Object.values(draft.boards)) {
    if (board.gathering !== null) {
      update(draft, { board: board.id, at, seq }, () => ({ gathering: null }));
    }
  }
}

interface Stamp {
  readonly board: string;
  readonly at: string;
  readonly seq: number;
}

function updateTask(
  draft: Draft,
  stamp: Stamp & { readonly task: string },
  change: (task: TaskState) => Partial<TaskState>
): void {
  update(draft, stamp, board => ({
    tasks: board.tasks.map(task => (task.id === stamp.task ? { ...task, ...change(task) } : task))
  }));
}

function update(
  draft: Draft,
  { board: id, at, seq }: Stamp,
  change: (board: BoardState) => Partial<BoardState>
): void {
  const board = draft.boards[id];
  if (board) {
    draft.boards[id] = { ...board, ...change(board), changedAt: at, rev: seq };
  }
}
