// Puts a kernel together: transport from outside, everything else made here. main.ts gives it sockets, the command and
// the tests an in-memory transport.
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Json } from '../../contract/json.js';
import type { JournalOpened } from '../../contract/journal.js';
import { journalPathOf } from '../../contract/notebook.js';
import type { Person } from '../../contract/person.js';
import type { RecordedTimes } from '../../runbook/ports.js';
import type { Journal } from '../../runbook/journal/journal.js';
import { FileJournal } from '../../runbook/journal/file-journal.js';
import { MemoryJournal } from '../../runbook/journal/memory-journal.js';
import { CHECK_COMM } from '../../contract/check-comm.js';
import { LIFECYCLE_COMM } from '../../contract/lifecycle-comm.js';
import { RUN_COMM } from '../../contract/comm.js';
import { OUTPUTS_COMM } from '../../contract/outputs-comm.js';
import { Kernel } from '../core/kernel.js';
import { OUTPUT_LIMIT_BYTES } from '../core/output-router.js';
import { FileHistory } from '../core/file-history.js';
import { MemoryHistory } from '../core/memory-history.js';
import type { CellOutput, Transport } from '../core/ports.js';
import { ExecutorProcess } from '../executor/executor-process.js';
import type { LanguageServer } from '../language/lsp-client.js';
import { TypeScriptSession } from '../language/session.js';
import { answerCall } from './calls.js';
import { AbortingCellScopes } from './cell-scopes.js';
import { explainDryRun } from './dry-run-errors.js';
import { tellInNextCell } from './cell-notices.js';
import { CheckComm } from './check-comm.js';
import { composePeople } from './compose-people.js';
import { Effects } from './effects.js';
import { RunGatekeeper } from './gatekeeper.js';
import { Hub } from './hub.js';
import { INJECTED_NAMES } from './injected-names.js';
import { KERNEL_INFO } from './kernel-info.js';
import { LifecycleComm } from './lifecycle-comm.js';
import { maskHistory } from './masked-history.js';
import { maskInterpreter } from './masked-interpreter.js';
import { maskJournal } from './masked-journal.js';
import { MaskedOutputs } from './masked-outputs.js';
import { maskTransport } from './masked-transport.js';
import { Masking } from './masking.js';
import { makeMessenger } from './messenger.js';
import type { NotebookFile } from './notebook-file.js';
import { OutlineSource } from './outline-source.js';
import { People } from './people.js';
import { OutputFiles } from './output-files.js';
import { OutputsComm } from './outputs-comm.js';
import {
  learnSecretsOf,
  outputLimitOf,
  parametersFaultOf,
  policySourceOf,
  resolveProfile,
  typecheckOf,
  type ExecutorSettings
} from './profile.js';
import { rehearsalRulesIn } from './rehearsal-rules.js';
import { RecordedOutputs } from './recorded-outputs.js';
import { recordedTimesOf } from './recorded-times.js';
import { composeResume } from './resume/compose-resume.js';
import { isRunCommand } from './resume/parse-command.js';
import { isUnseen } from './resume/attempt-replay.js';
import { isUndoing, UndoOutputs } from './resume/undo-outputs.js';
import type { Resumer } from './resume/resumer.js';
import type { Roller } from './resume/roller.js';
import { RunKeeper } from './run-keeper.js';
import { executorEnvironment } from './executor-environment.js';
import { StepRegister } from './step-register.js';
import { TypeScriptInterpreter } from './typescript-interpreter.js';

/** Programs that were started ahead, and have not been used. */
export interface StartedPrograms {
  readonly executor: ChildProcess;
  /** Null when there is none to start; what is wrong is said once it is needed. */
  readonly server: LanguageServer | null;
}

/** What a kernel is made from. */
export interface KernelParts {
  readonly transport: Transport;
  readonly notebook: NotebookFile | null;
  /** Folder that cells run in. */
  readonly folder: string;
  readonly nodePath: string;
  /** File that keeps the cells of all kernels of the user. Without it the history ends with this kernel. */
  readonly historyPath?: string | null;
  readonly started?: StartedPrograms;
  readonly onShutdown: (isRestart: boolean) => void;
  /** Lines for the operator of the server: never output of cells. */
  readonly log: (line: string) => void;
}

/** A kernel that is ready to start. */
export interface ComposedKernel {
  start(): Promise<void>;
  /** Ends the run of cells, answers what is open, closes the transport and calls `onShutdown`. */
  shutdown(): Promise<void>;
  /** Writes what is pending and lets go of the journal. The last thing before the process ends. */
  closeJournal(): Promise<void>;
  interrupt(): Promise<void>;
  /** The run's state and journal. */
  readonly run: RunKeeper;
  readonly resumer: Resumer;
  readonly roller: Roller;
}

/** Makes a kernel with its executor, its language server and its run. */
export async function composeKernel(parts: KernelParts): Promise<ComposedKernel> {
  const { notebook, folder } = parts;
  const masking = new Masking();
  const log = (line: string): void => parts.log(masking.text(line));
  const hub = new Hub({
    environment: process.env,
    expected: () => ('profile' in profile ? profile.profile.policy.hub : null)
  });
  const people = new People(hub);
  const register = new StepRegister();
  const scopes = new AbortingCellScopes();
  const outline = new OutlineSource(notebook);
  const keeper = new RunKeeper({
    openJournal: async first => maskJournal(await openJournal(notebook, first), masking),
    readRun: () => notebook?.read().run ?? null,
    notebook: notebook?.name ?? '',
    owner: () => people.owner
  });
  const masked = new MaskedOutputs(masking, () => kernel.outputs);
  const run = notebook?.read().run ?? null;
  const profile = await resolveProfile(folder, run);
  void people.known().then(() => hub.word.doubt && log(`Nobody is authenticated: ${hub.word.doubt}.`));
  const settings: ExecutorSettings = { mode: run?.mode ?? 'live', resolved: profile };
  const undoOutputs = new UndoOutputs({
    masking,
    register,
    recorder: () => recorder,
    flushCell: async key => {
      masked.flush(key);
      await kernel.flushOutputs(key);
    }
  });
  const publish = (key: string, output: CellOutput): void =>
    isUnseen(key) ? undefined : (isUndoing(key) ? undoOutputs : masked).publish(key, output);
  const resume = composeResume({
    keeper,
    register,
    notebook,
    outline,
    people,
    masking,
    interpreter: () => cells,
    publish,
    undoOutputs,
    forgetRollbacks: ids => executor.notify('rollback.undone', [...ids])
  });
  const { approvals, checklists, boards, stdin, runComm, ...door } = composePeople({
    keeper,
    notebook,
    outline,
    people,
    outputs: () => masked,
    stdin: () => kernel.stdin,
    profile,
    rehearsalRules: rehearsalRulesIn(folder),
    policySource: await policySourceOf(profile),
    resume: resume.acts,
    tell: makeMessenger(profile, run, log)
  });
  const times = (name: string): RecordedTimes => recordedTimesOf(keeper.state, outline.current(), name);
  const calls = {
    register,
    effects: new Effects(keeper, people),
    approvals,
    checklists,
    boards,
    stdin,
    masking,
    times,
    undoFunctions: resume.undoFunctions
  };

  learnSecretsOf(profile, masking);
  const outputLimitBytes = outputLimitOf(profile);
  const executor = new ExecutorProcess({
    nodePath: parts.nodePath,
    entry: join(import.meta.dirname, 'executor-main.js'),
    folder,
    env: executorEnvironment(parts.nodePath),
    settings: settings as unknown as Json,
    ...(parts.started === undefined ? {} : { started: parts.started.executor }),
    handlers: {
      onOutput: (cellKey, output) => publish(cellKey ?? '', output),
      onCall: (cellKey, method, params, signal) =>
        answerCall(calls, cellKey, method, params, AbortSignal.any([signal, scopes.signalOf(cellKey)])),
      onCellGone: key => {
        masked.flush(key);
        kernel.forgetCell(key);
      },
      onExit: exit => {
        masked.flushAll();
        kernel.forgetEndedCells();
        if (exit.reason !== 'killed') {
          log(`The executor ended: ${exit.reason}`);
          interpreter.forgetVariables();
          resume.undoFunctions.forgetAll();
          resume.losses.note(exit.reason).catch(error => log(String(error)));
        }
      }
    }
  });
  const session = new TypeScriptSession({
    folder,
    libraryPath: libraryTypes(),
    injectedNames: [...INJECTED_NAMES],
    typecheck: () => (resume.replay.isReplaying ? 'off' : typecheckOf(profile)),
    ...(parts.started?.server ? { server: parts.started.server } : {}),
    onLog: log
  });
  const interpreter = new TypeScriptInterpreter({
    session,
    executor,
    scopes,
    publish,
    isCutOff: key => {
      const before = register.find(key)?.lossesBefore;
      return before !== undefined && before !== resume.losses.count;
    }
  });
  const cells = explainDryRun(interpreter, settings.mode);
  const history = parts.historyPath
    ? new FileHistory({ path: parts.historyPath, onLog: log })
    : new MemoryHistory();
  // A console keeps its journal in memory, where recorded outputs would only take room.
  const recorder = notebook
    ? new RecordedOutputs({ keeper, register, limitBytes: outputLimitBytes ?? OUTPUT_LIMIT_BYTES, log })
    : null;
  const gate = new RunGatekeeper({
    keeper,
    notebook,
    people,
    register,
    fault: parametersFaultOf(profile),
    mode: settings.mode,
    environment: run?.environment ?? null,
    outline: () => outline.current(),
    savedOutline: () => outline.saved(),
    recovery: resume.recovery,
    texts: resume.texts,
    ...door
  });
  const release = (phase: string, reason: string, by: Person): Promise<void> =>
    door.rehearsals.release(phase, reason, by);
  const kernel: Kernel = new Kernel({
    transport: maskTransport(parts.transport, masking),
    interpreter: maskInterpreter(resume.interpret(cells, release), masking, masked),
    gatekeeper: tellInNextCell(gate, keeper, (key, output) => masked.publish(key, output)),
    history: maskHistory(history, masking),
    kernelInfo: KERNEL_INFO,
    archive: new OutputFiles({ notebook, register, log }),
    ...(recorder === null ? {} : { recorder }),
    ...(outputLimitBytes === undefined ? {} : { outputLimitBytes }),
    onShutdown: parts.onShutdown,
    onLog: log
  });
  kernel.registerCommTarget(RUN_COMM, runComm);
  kernel.registerCommTarget(OUTPUTS_COMM, new OutputsComm(keeper));
  kernel.registerCommTarget(LIFECYCLE_COMM, new LifecycleComm(folder));
  kernel.registerCommTarget(
    CHECK_COMM,
    new CheckComm(async code => (isRunCommand(code) ? [] : session.check(code)))
  );

  return {
    async start() {
      kernel.start();
      await Promise.all([executor.start(), session.start()]);
    },
    shutdown: () => kernel.shutdown(false),
    async closeJournal() {
      await Promise.all([keeper.close(), history instanceof FileHistory && history.flush()]);
    },
    interrupt: () => kernel.interrupt(),
    run: keeper,
    resumer: resume.acts.resumer,
    roller: resume.acts.roller
  };
}

/** A run keeps its journal beside the notebook, a scratch notebook under `.launchbook/`, a console in memory. */
async function openJournal(notebook: NotebookFile | null, first: JournalOpened): Promise<Journal> {
  const now = (): number => Date.now();
  if (notebook) {
    const path = journalPathOf(notebook.path, notebook.read().run !== null);
    await mkdir(dirname(path), { recursive: true });
    return FileJournal.open(path, { first, now });
  }
  const journal = new MemoryJournal(now);
  await journal.append(first);
  return Object.assign(journal, { initialRecords: [...journal.records] });
}

/** The library's public types, as built beside this file. */
function libraryTypes(): string | null {
  const path = join(dirname(dirname(import.meta.dirname)), 'runbook', 'index.d.ts');
  return existsSync(path) ? path : null;
}
