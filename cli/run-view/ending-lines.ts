// How a run without a front end ended, and what a person does next.
import { rulesOf } from '../../contract/holds/approval-rules.js';
import { statusWords } from '../../contract/state/status-words.js';
import type { RunState } from '../../contract/state/state.js';
import type { HeadlessEnd } from '../../kernel/host/headless/headless-run.js';
import { titleOf } from './record-lines.js';

/** Outcome, reason and the next act. `path` as the person would type it, `until` the phase that was to be the last. */
export function endingLines(end: HeadlessEnd, state: RunState, path: string, until?: string): string[] {
  const { outcome, step, error } = end;
  const glyph = statusWords(outcome === 'held' ? 'waiting' : outcome).glyph;
  const upTo = outcome === 'passed' && until !== undefined ? ` up to “${until}”` : '';
  const where = step === null ? upTo : ` at “${titleOf(state.outline, step)}”`;
  const next = NEXT[outcome](end, state, quoted(path));
  return [
    '',
    `${glyph} ${outcome}${where}${error ? `: ${error.message}` : ''}`,
    ...(next === null ? [] : [next])
  ];
}

type Next = (end: HeadlessEnd, state: RunState, path: string) => string | null;

const NEXT: { readonly [O in HeadlessEnd['outcome']]: Next } = {
  passed: () => null,
  failed: (_end, _state, path) => `Fix the cause, then go on: launchbook run ${path}`,
  held: ({ step, error }, state, path) => {
    if (error?.code === 'again.unanswered') {
      return `Let it run again: launchbook run ${path} --again ${quoted(titleOf(state.outline, step!))}`;
    }
    if (error?.code === 'guard.unanswered') {
      return `${IN_JUPYTERLAB}, where its name is typed.`;
    }
    const asked = Object.values(state.approvals).findLast(approval => approval.step === step);
    if (asked?.request.doubt !== undefined && rulesOf(asked.request).driverGrade !== undefined) {
      return asked.request.doubt;
    }
    if (asked?.status === 'withdrawn') {
      return `Decide: launchbook approve ${path} "${asked.name}" --approve --write, then go on: launchbook run ${path}`;
    }
    return error?.code === 'hold.unanswered'
      ? `${IN_JUPYTERLAB}, where it is answered; launchbook run would only wait for it again.`
      : `${IN_JUPYTERLAB}, or with: launchbook run ${path}`;
  },
  rejected: () => 'A person said no. What follows stays locked.',
  inconclusive: ({ error }, _state, path) =>
    error !== null && INTERRUPTED.has(error.code)
      ? `The step was stopped; nobody knows how far it got. Find out, then run it again: launchbook run ${path}`
      : `See what is asked: launchbook resume ${path} --plan`
};

const IN_JUPYTERLAB = 'Go on in JupyterLab';

const INTERRUPTED: ReadonlySet<string> = new Set(['cell.interrupted', 'hold.withdrawn']);

function quoted(path: string): string {
  return /^[\w./+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
