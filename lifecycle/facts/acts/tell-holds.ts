// Approvals, checklists and tasks: who was asked, who decided, ticked and reported, who was silent or late.
import { formatCount, formatDuration, formatUtc } from '../../../contract/base/format.js';
import { whatItProves } from '../../../contract/holds/decision-proves.js';
import { holderOf, type TaskState } from '../../../contract/holds/task-list.js';
import type { Known, TellersOf } from './teller.js';

export const HOLD_TELLERS: TellersOf<
  | 'approval-requested'
  | 'approval-decided'
  | 'approval-closed'
  | 'approval-reminded'
  | 'approval-escalated'
  | 'glass-broken'
  | 'checklist-requested'
  | 'checklist-ticked'
  | 'checklist-closed'
> = {
  'approval-requested': ({ name, step, request }, { before }) => {
    const isAgain = Object.values(before.approvals).some(
      earlier => earlier.step === step && earlier.name === name
    );
    return { what: `approval “${name}” was asked for${isAgain ? ' again' : ''}: ${request.question}` };
  },
  'approval-decided': ({ approval, decision, at: countedAt }, { before }) => {
    const { decision: word, by, at, comment, values = {} } = decision;
    const asked = before.approvals[approval];
    // Signed before it was asked for again, as for a run in a terminal: nobody was waited for.
    const waitedMs = Math.max(0, Date.parse(at) - Date.parse(asked?.requestedAt ?? at));
    const answers = Object.entries(values).map(([name, value]) => `${name}: ${String(value)}`);
    return {
      by,
      at,
      what: `${word} “${asked?.name ?? approval}”${waitedMs > 0 ? ` after ${formatDuration(waitedMs)}` : ''}`,
      reason: [comment, ...answers].filter(part => part !== '').join('; '),
      details: [
        whatItProves(decision),
        ...(asked && Date.parse(at) < Date.parse(asked.requestedAt)
          ? [`it counts since ${formatUtc(countedAt)}, when it was asked for again`]
          : [])
      ],
      isDeviation: word === 'rejected',
      ...(asked && { about: asked.step })
    };
  },
  'approval-closed': ({ approval, status, reason, by }, { before }) => {
    const { name = approval, step } = before.approvals[approval] ?? {};
    return by
      ? { by, what: `revoked the approval “${name}”`, reason, isDeviation: true, steps: step ? [step] : [] }
      : { what: `approval “${name}” ${CLOSED[status] ?? status}`, reason };
  },
  'approval-reminded': ({ approval, awaited }, { before }) => ({
    what: `${awaited.join(', ') || 'everybody'} had not decided on “${before.approvals[approval]?.name ?? approval}” and was reminded`
  }),
  'approval-escalated': ({ approval, to }, { before }) => ({
    what: `nobody had decided on “${before.approvals[approval]?.name ?? approval}”, so ${to.join(', ')} was asked too`
  }),
  'glass-broken': ({ approval, by, reason }, { before }) => ({
    by,
    what: `released “${before.approvals[approval]?.name ?? approval}” against the policy`,
    ...(before.approvals[approval] && { about: before.approvals[approval].step }),
    reason,
    isDeviation: true
  }),
  'checklist-requested': ({ name }) => ({ what: `checklist “${name}” was shown` }),
  'checklist-ticked': ({ checklist, item, ticked, by }, { before }) => {
    const { name = checklist, items } = before.checklists[checklist] ?? {};
    const text = items?.[item]?.text ?? `item ${item + 1}`;
    return { by, what: `${ticked ? 'ticked' : 'took the tick off'} “${text}” of “${name}”` };
  },
  'checklist-closed': ({ checklist, status }, { before }) => ({
    what: `checklist “${before.checklists[checklist]?.name ?? checklist}” ${status === 'done' ? 'is done' : 'was withdrawn'}`
  })
};

const CLOSED: { readonly [status: string]: string } = {
  expired: 'expired',
  withdrawn: 'was withdrawn',
  stale: 'no longer counts',
  revoked: 'was revoked'
};

export const TASK_TELLERS: TellersOf<
  'tasks-assigned' | 'task-moved' | 'task-checked' | 'task-handed-over' | 'gather-started' | 'gather-ended'
> = {
  'tasks-assigned': ({ name, tasks }) => ({
    what: `${formatCount(tasks.length, 'task')} of “${name}” were given out: ${tasks.map(({ title, owner }) => `“${title}” to ${owner.name}`).join(', ')}`
  }),
  'task-moved': ({ board, task: id, status, by, comment, at }, known) => {
    const task = taskOf(known, board, id);
    const name = nameOf(known, board, id);
    const isDone = status === 'done' || status === 'claimed';
    const lateMs = isDone && task?.dueAt ? Date.parse(at) - Date.parse(task.dueAt) : 0;
    const late = lateMs > 0 ? `, ${formatDuration(lateMs)} late` : '';
    const holder = task && holderOf(task);
    const isOthers = holder && holder.name !== by.username && holder.members?.includes(by.username) !== true;
    return {
      by,
      what: `${isDone ? 'reported' : status === 'accepted' ? 'took on' : 'opened'} ${name}${isDone ? ' as done' : status === 'open' ? ' again' : ''}${isOthers ? ` for ${holder.name}` : ''}${late}`,
      reason: comment,
      isDeviation: lateMs > 0
    };
  },
  'task-checked': ({ board, task, passed, fault }, known) => ({
    what: `the check of ${nameOf(known, board, task)} ${passed ? 'passed' : 'did not pass'}`,
    reason: fault
  }),
  'task-handed-over': ({ board, task: id, reason }, known) => {
    const task = taskOf(known, board, id);
    return {
      what: `${nameOf(known, board, id)} went from ${task?.owner.name ?? 'its owner'} to the deputy ${task?.deputy?.name ?? ''}`.trim(),
      reason,
      isDeviation: true,
      isAct: true
    };
  },
  'gather-started': ({ board, rule }, { before }) => ({
    what: `“${before.taskLists[board]?.name ?? board}” was waited for: ${typeof rule === 'number' ? formatCount(rule, 'task') : `${rule} tasks`}`
  }),
  'gather-ended': ({ board, status }, { before }) => ({
    what: `“${before.taskLists[board]?.name ?? board}” ${status === 'gathered' ? 'was done as far as it was waited for' : 'was waited for no longer'}`
  })
};

function taskOf({ before }: Known, taskList: string, id: string): TaskState | undefined {
  return before.taskLists[taskList]?.tasks.find(task => task.id === id);
}

function nameOf(known: Known, taskList: string, id: string): string {
  const title = taskOf(known, taskList, id)?.title ?? id;
  return `“${title}” of “${known.before.taskLists[taskList]?.name ?? taskList}”`;
}
