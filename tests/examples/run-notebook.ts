// Runs the cells of a notebook with the real helpers, without a kernel: people answer at once, records are kept in memory.
// It shows what the notebook does to the world; how a kernel and JupyterLab run it is shown by their own tests.
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Evidence } from '../../contract/holds/hold.js';
import { textOf } from '../../contract/notebook/outline.js';
import type { ApprovalRelease } from '../../contract/holds/release.js';
import { loadProfile } from '../../record/profile/load-profile.js';
import * as helpers from '../../runbook/index.js';
import { connectHost } from '../../record/modes/connect.js';

export interface NotebookRun {
  /** Runs one cell by its id; later cells see its constants. */
  runCell(id: string): Promise<void>;
  /** Ids of the code cells, in order. */
  readonly steps: readonly string[];
  /** What the cells printed and showed as text. */
  readonly output: string[];
  /** What people were asked: names of approvals and checklists. */
  readonly asked: string[];
  /** The evidence of each approval. */
  readonly evidence: Evidence[];
  readonly effects: { readonly helper: string; readonly label: string; outcome: string }[];
}

interface Cell {
  readonly id: string;
  readonly cell_type: string;
  readonly source: readonly string[];
}

export function openNotebook(path: string, environment: NodeJS.ProcessEnv): NotebookRun {
  const { cells } = JSON.parse(readFileSync(path, 'utf8')) as { cells: Cell[] };
  const code = cells.filter(cell => cell.cell_type === 'code');
  const output: string[] = [];
  const asked: string[] = [];
  const evidence: Evidence[] = [];
  const effects: { helper: string; label: string; outcome: string }[] = [];
  let nextId = 0;
  Object.assign(process.env, environment);

  connectHost({
    journal: {
      startEffect: async ({ helper, label }) =>
        String(effects.push({ helper, label, outcome: 'started' }) - 1),
      endEffect: async (effect, { outcome }) => void (effects[Number(effect)]!.outcome = outcome),
      planEffect: async () => undefined,
      checkpoint: async () => undefined,
      note: async () => undefined,
      registerRollback: async () => String(nextId++),
      startRollback: async () => undefined,
      endRollback: async () => undefined
    },
    people: {
      approve: async request => {
        asked.push(request.name);
        evidence.push(...request.evidence);
        return APPROVED;
      },
      check: async request => void asked.push(request.name),
      assign: async request => {
        asked.push(request.name);
        return request.name;
      },
      gather: async () => ({ kind: 'gathered' as const, tasks: [] }),
      checked: async () => undefined
    },
    secrets: { learn: async () => undefined },
    display: {
      show: bundle => void output.push(String(bundle['text/plain'])),
      update: () => undefined,
      write: (_, text) => void output.push(text)
    },
    signal: () => new AbortController().signal,
    interruptSignal: () => new AbortController().signal,
    branch: work => ({ result: work(), stop: () => undefined }),
    printing: (_write, work) => work(),
    keep: work => ({ run: work, values: [] }),
    ownGroup: () => () => undefined,
    during: (_label, work) => work(),
    now: () => Date.now(),
    times: () => Promise.reject(new Error('Nothing was recorded.')),
    environment: loadProfile({
      folder: dirname(path),
      run: { environment: 'staging', mode: 'live' },
      environment
    }),
    folder: dirname(path),
    mode: 'live'
  });

  const scope: Record<string, unknown> = { ...helpers };
  return {
    steps: code.map(({ id }) => id),
    output,
    asked,
    evidence,
    effects,
    runCell: id => runSource(textOf(code.find(cell => cell.id === id)!.source), scope)
  };
}

// The constants of a cell become properties of one scope, which `with` makes visible to the next cells.
async function runSource(source: string, scope: Record<string, unknown>): Promise<void> {
  const shared = source.replaceAll(/^const (\w+)/gm, 'scope.$1');
  const AsyncFunction = (async () => undefined).constructor as new (
    ...args: string[]
  ) => (scope: unknown) => Promise<void>;
  await new AsyncFunction('scope', `with (scope) {\n${shared}\n}`)(scope);
}

const APPROVED: ApprovalRelease = {
  decision: 'approved',
  by: { username: 'qa-lead', name: 'QA lead', grade: 'claimed' },
  at: '2024-03-03T10:00:00.000Z',
  comment: 'tried it',
  decisions: [],
  isBreakGlass: false
};
