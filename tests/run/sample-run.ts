// A run for tests, put together as the kernel does: a notebook file in a temporary folder, a journal in memory, and the test in the place
// of clients and executor.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Person } from '../../contract/base/person.js';
import type { Outline } from '../../contract/notebook/outline.js';
import type { RunInfo } from '../../contract/base/run.js';
import type { Cell, CellOutcome } from '../../run/ports.js';
import type { CellOutput } from '../../contract/notebook/output.js';
import type { RecordBody } from '../../contract/journal/journal.js';
import { sha256 } from '../../record/hash.js';
import type { CellHashes } from '../../run/keeper/kept-holds.js';
import { composeKeeper } from '../../run/compose/compose-keeper.js';
import { composeRun } from '../../run/compose/compose-run.js';
import { UndoOutputs } from '../../run/going-back/undo-outputs.js';
import { MaskedOutputs } from '../../run/masking/masked-outputs.js';
import { Masking } from '../../run/masking/masking.js';
import { NotebookFile } from '../../run/keeper/notebook-file.js';
import { Hub } from '../../run/people/hub.js';
import { People } from '../../run/people/people.js';
import { profileOf } from '../../run/profile/profile.js';
import type { RulesOf } from '../../run/profile/rehearsal-rules.js';
import type { RunningStep } from '../../run/keeper/step-register.js';
import { NO_REHEARSAL_RULES } from '../../record/profile/load-rehearsal-rules.js';
import { loadPolicy, type LoadedProfile } from '../../record/profile/load-profile.js';
import { NO_POLICY } from '../../record/profile/read-policy.js';
import type { PeoplePolicy } from '../../runbook/hold/policy.js';
import { MemoryJournal } from '../../record/journal/memory-journal.js';

export const RUN: RunInfo = {
  id: '2.4.0-staging-0a1b2c',
  runbook: 'examples/release.ipynb',
  commit: null,
  release: '2.4.0',
  environment: 'staging',
  mode: 'live',
  createdAt: '2026-11-22T08:00:00.000Z',
  createdBy: { username: 'ann', name: 'Ann Lee', grade: 'claimed' },
  parameters: {}
};

/** Decides by click, so nothing of his is signed. */
export const BOB: Person = { username: 'bob', name: 'Bob Ray', grade: 'claimed' };

/** `qa-lead` is a group of Ann and Bob. */
export const POLICY: PeoplePolicy = { ...NO_POLICY, groups: { 'qa-lead': ['ann', 'bob'] } };

const PROFILE = {
  file: null,
  name: 'staging',
  isProduction: false,
  mode: 'live' as const,
  policy: POLICY,
  colour: null
};

export interface SampleCell {
  readonly id: string;
  readonly cell_type: 'code' | 'markdown';
  readonly source: string;
  readonly metadata?: { readonly [key: string]: unknown };
}

export const CELLS: readonly SampleCell[] = [
  { id: 'prepare', cell_type: 'markdown', source: '## Prepare' },
  { id: 'look', cell_type: 'code', source: '1 + 1' },
  { id: 'sign-off', cell_type: 'markdown', source: '## QA sign-off' },
  { id: 'ask', cell_type: 'code', source: "await approval('QA sign-off')" },
  { id: 'deploy', cell_type: 'markdown', source: '## Deploy' },
  { id: 'ship', cell_type: 'code', source: '2 + 2' }
];

/**
 * Everything a test of the host needs; `end` removes the folder. `earlier` are the records of an earlier life of the kernel, `vouched` is
 * whom a hub vouches for.
 */
export function makeSampleRun(
  cells: readonly SampleCell[] = CELLS,
  run: RunInfo | null = RUN,
  settings: Partial<LoadedProfile> = {},
  rehearsalRules: RulesOf = () => Promise.resolve(NO_REHEARSAL_RULES),
  earlier: readonly EarlierRecord[] = [],
  vouched: string | null = null
) {
  const folder = mkdtempSync(join(tmpdir(), 'launchbook-host-'));
  const path = join(folder, 'release.ipynb');
  let saves = 0;
  const save = (next: readonly SampleCell[], nextRun: RunInfo | null = run): void => {
    const metadata = { launchbook: nextRun ? { run: nextRun } : {}, saves: 'x'.repeat(++saves) };
    writeFileSync(path, JSON.stringify({ cells: next, metadata, nbformat: 4, nbformat_minor: 5 }));
  };
  save(cells);
  const notebook = new NotebookFile(path);
  let clock: string | null = null;
  const journal = new MemoryJournal(() => (clock === null ? Date.now() : Date.parse(clock)));
  const people = new People(hubOf(vouched));
  const masking = new Masking();
  const kept = composeKeeper({
    notebook,
    masking,
    people,
    openJournal: async first => {
      for (const { at, ...body } of earlier) {
        clock = at;
        await journal.append(body);
      }
      clock = null;
      if (earlier.length === 0) {
        await journal.append(first);
      }
      return Object.assign(journal, { initialRecords: [...journal.records] });
    }
  });
  const { register } = kept;
  const published: { key: string; output: CellOutput }[] = [];
  const outputs = new MaskedOutputs(masking, {
    publish: (key, output) => void published.push({ key, output })
  });
  const questions: string[] = [];
  let typed: (prompt: string, signal?: AbortSignal) => Promise<string> = () =>
    Promise.reject(new Error('Nobody types here.'));
  const profile = profileOf({ ...PROFILE, ...settings } as LoadedProfile, file =>
    loadPolicy(file, PROFILE.name)
  );
  const evaluated: Cell[] = [];
  const evaluator: { run: (cell: Cell) => Promise<CellOutcome> } = {
    run: async () => ({ status: 'ok', startedAt: new Date().toISOString() })
  };
  const known = {
    mode: run?.mode ?? 'live',
    environment: run?.environment ?? null,
    profile,
    settle: async () => undefined
  };
  const composed = composeRun({
    ...kept,
    known,
    folder,
    evaluate: cell => {
      evaluated.push(cell);
      return evaluator.run(cell);
    },
    outputs,
    undoOutputs: new UndoOutputs({ masking, register, recorder: null, flushCell: async () => undefined }),
    forgetRollbacks: () => undefined,
    stdin: {
      ask: (_key, prompt, _isPassword, signal) => {
        questions.push(prompt);
        return typed(prompt, signal);
      }
    },
    rehearsalRules,
    patienceMs: 20
  });
  let count = 0;
  const cellOf = (
    id: string | null,
    code = cells.find(cell => cell.id === id)?.source ?? '0',
    from: Partial<Cell> = {}
  ): Cell => {
    if (id !== null && cells.some(cell => cell.id === id) && !notebook.holds(code, id)) {
      announce(kept.outline.of('session-1'), { ...kept.outline.sourcesOf('session-1'), [id]: sha256(code) });
    }
    return sentCell(id, code, from);
  };
  /** As it is sent, whatever its page has told before. */
  const sentCell = (id: string | null, code: string, from: Partial<Cell> = {}): Cell => ({
    key: `key-${++count}`,
    code,
    executionCount: count,
    isSilent: false,
    cellId: id,
    queuedAt: new Date().toISOString(),
    session: 'session-1',
    username: '',
    allowsStdin: false,
    ...from
  });
  /** The page of whoever runs cells tells its document. */
  const announce = (outline: Outline, sources?: CellHashes): void =>
    void kept.outline.announce({ client: 'session-1', session: 'session-1' }, outline, sources);
  const admit = async (id: string, code?: string, from: Partial<Cell> = {}): Promise<RunningStep> => {
    const cell = cellOf(id, code, from);
    const { refusal } = await composed.gate.admit(cell);
    if (refusal) {
      throw new Error(refusal.evalue);
    }
    return register.find(cell.key)!;
  };
  const end = (): void => rmSync(folder, { recursive: true, force: true });
  return {
    ...composed,
    known,
    evaluated,
    evaluator,
    folder,
    path,
    save,
    notebook,
    journal,
    published,
    /** What was asked by input request, and how the next ones are answered. */
    questions,
    type: (answer: typeof typed) => void (typed = answer),
    cellOf,
    sentCell,
    admit,
    announce,
    end
  };
}

/** A record of an earlier life of the kernel. */
export type EarlierRecord = RecordBody & { readonly at: string };

export type SampleRun = ReturnType<typeof makeSampleRun>;

function hubOf(user: string | null): Hub {
  const hub = new Hub({ environment: {} });
  Object.defineProperty(hub, 'word', { value: { user, doubt: null } });
  return hub;
}
