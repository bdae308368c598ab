// A run in memory for tests of the host: a notebook file in a temporary folder, a memory journal, recorded outputs.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Person } from '../../../contract/person.js';
import type { RunInfo } from '../../../contract/run.js';
import type { Cell, CellOutput, ExecuteOutcome, Interpreter } from '../../../kernel/core/ports.js';
import { composePeople } from '../../../kernel/host/compose-people.js';
import { composeResume } from '../../../kernel/host/resume/compose-resume.js';
import { UndoOutputs } from '../../../kernel/host/resume/undo-outputs.js';
import { RunGatekeeper } from '../../../kernel/host/gatekeeper.js';
import { Masking } from '../../../kernel/host/masking.js';
import { NotebookFile } from '../../../kernel/host/notebook-file.js';
import { OutlineSource } from '../../../kernel/host/outline-source.js';
import { People } from '../../../kernel/host/people.js';
import { recordedTimesOf } from '../../../kernel/host/recorded-times.js';
import type { RulesOf } from '../../../kernel/host/rehearsal-rules.js';
import { RunKeeper } from '../../../kernel/host/run-keeper.js';
import { StepRegister, type RunningStep } from '../../../kernel/host/step-register.js';
import { NO_REHEARSAL_RULES } from '../../../runbook/environment/load-rehearsal-rules.js';
import { loadPolicy, type LoadedProfile } from '../../../runbook/environment/load-profile.js';
import { NO_POLICY } from '../../../runbook/environment/read-policy.js';
import type { PeoplePolicy } from '../../../runbook/hold/policy.js';
import { MemoryJournal } from '../../../runbook/journal/memory-journal.js';

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

const PROFILE = { name: 'staging', isProduction: false, mode: 'live' as const, policy: POLICY };

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

/** Everything a test of the host needs; `end` removes the folder. */
export function makeSampleRun(
  cells: readonly SampleCell[] = CELLS,
  run: RunInfo | null = RUN,
  settings: Partial<LoadedProfile> = {},
  rehearsalRules: RulesOf = () => Promise.resolve(NO_REHEARSAL_RULES)
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
  const journal = new MemoryJournal(() => Date.now());
  const people = new People();
  const keeper = new RunKeeper({
    openJournal: async first => {
      await journal.append(first);
      return Object.assign(journal, { initialRecords: [...journal.records] });
    },
    readRun: () => notebook.read().run,
    notebook: notebook.name,
    owner: () => people.owner
  });
  const outline = new OutlineSource(notebook);
  const register = new StepRegister();
  const published: { key: string; output: CellOutput }[] = [];
  const masking = new Masking();
  const outputs = () => ({
    publish: (key: string, output: CellOutput) => void published.push({ key, output })
  });
  const questions: string[] = [];
  const told: string[] = [];
  let typed: (prompt: string) => Promise<string> = () => Promise.reject(new Error('Nobody types here.'));
  const profile = { profile: { ...PROFILE, ...settings } as LoadedProfile };
  const evaluated: Cell[] = [];
  const evaluator: { run: (cell: Cell) => Promise<ExecuteOutcome> } = {
    run: async () => ({ status: 'ok', startedAt: new Date().toISOString() })
  };
  const resume = composeResume({
    keeper,
    register,
    notebook,
    outline,
    people,
    masking,
    interpreter: () =>
      ({
        execute: (cell: Cell) => {
          evaluated.push(cell);
          return evaluator.run(cell);
        }
      }) as unknown as Interpreter,
    undoOutputs: new UndoOutputs({
      masking,
      register,
      recorder: () => null,
      flushCell: async () => undefined
    }),
    publish: (key, output) => outputs().publish(key, output),
    forgetRollbacks: () => undefined
  });
  const composed = composePeople({
    resume: resume.acts,
    keeper,
    notebook,
    outline,
    people,
    outputs,
    stdin: () => ({
      ask: (_key, prompt) => {
        questions.push(prompt);
        return typed(prompt);
      }
    }),
    profile,
    rehearsalRules,
    policySource: {
      file: settings.file ?? null,
      read: () => (settings.file ? loadPolicy(settings.file, PROFILE.name) : profile.profile.policy)
    },
    tell: text => void told.push(text)
  });
  const gate = new RunGatekeeper({
    keeper,
    notebook,
    people,
    register,
    mode: run?.mode ?? 'live',
    environment: run?.environment ?? null,
    outline: () => outline.current(),
    savedOutline: () => outline.saved(),
    recovery: resume.recovery,
    texts: resume.texts,
    ...composed
  });
  let count = 0;
  const cellOf = (
    id: string | null,
    code = cells.find(cell => cell.id === id)?.source ?? '0',
    from: Partial<Cell> = {}
  ): Cell => ({
    key: `key-${++count}`,
    code,
    executionCount: count,
    isSilent: false,
    storesHistory: true,
    cellId: id,
    queuedAt: new Date().toISOString(),
    session: 'session-1',
    username: '',
    allowsStdin: false,
    ...from
  });
  const admit = async (id: string, code?: string, from: Partial<Cell> = {}): Promise<RunningStep> => {
    const cell = cellOf(id, code, from);
    const { refusal } = await gate.admit(cell);
    if (refusal) {
      throw new Error(refusal.evalue);
    }
    return register.find(cell.key)!;
  };
  const end = (): void => rmSync(folder, { recursive: true, force: true });
  return {
    ...resume,
    evaluated,
    evaluator,
    folder,
    path,
    save,
    notebook,
    journal,
    people,
    keeper,
    outline,
    masking,
    register,
    times: (name: string) => recordedTimesOf(keeper.state, outline.current(), name),
    published,
    ...composed,
    gate,
    told,
    /** What was asked by input request, and how the next ones are answered. */
    questions,
    type: (answer: (prompt: string) => Promise<string>) => void (typed = answer),
    cellOf,
    admit,
    end
  };
}

export type SampleRun = ReturnType<typeof makeSampleRun>;
