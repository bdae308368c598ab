// Puts a kernel together: transport from outside, everything else made here, each part from those before it. main.ts gives it sockets,
// the command and the tests an in-memory transport.
import { CHECK_COMM } from '../../../contract/comms/check-comm.js';
import { RUN_COMM } from '../../../contract/comms/comm.js';
import { LIFECYCLE_COMM } from '../../../contract/comms/lifecycle-comm.js';
import { OUTPUTS_COMM } from '../../../contract/comms/outputs-comm.js';
import type { NotebookFile } from '../../../run/keeper/notebook-file.js';
import { openJournal } from '../../../run/keeper/open-journal.js';
import type { RunKeeper } from '../../../run/keeper/run-keeper.js';
import { Masking } from '../../../run/masking/masking.js';
import { Hub } from '../../../run/people/hub.js';
import { People } from '../../../run/people/people.js';
import { Vouching } from '../../../run/people/vouching.js';
import { KnownRun } from '../../../run/profile/known-run.js';
import type { Profile } from '../../../run/profile/profile.js';
import { rehearsalRulesIn } from '../../../run/profile/rehearsal-rules.js';
import type { Resumer } from '../../../run/resume/resumer.js';
import { ReleaseThread } from '../../../run/slack-thread/release-thread.js';
import { FileHistory } from '../../core/history/file-history.js';
import { MemoryHistory } from '../../core/history/memory-history.js';
import { Kernel } from '../../core/kernel.js';
import type { Transport } from '../../core/ports/ports.js';
import { commandFolderOf } from '../../../record/files/command-folder.js';
import { answerAboutCells } from '../cells/code-answers.js';
import { runInLane } from '../cells/line-commands.js';
import { CheckComm } from '../comms/check-comm.js';
import { LifecycleComm } from '../comms/lifecycle-comm.js';
import { RunComm } from '../comms/run-comm.js';
import { OutputsComm } from '../comms/outputs-comm.js';
import { showHeldBack } from '../masking/held-back-text.js';
import { composeCells, type StartedPrograms } from './compose-cells.js';
import { composeKeeper } from '../../../run/compose/compose-keeper.js';
import { composeOutputs } from './compose-outputs.js';
import { composeRun } from '../../../run/compose/compose-run.js';
import { connectExecutor } from './connect-executor.js';
import { kernelInfoOf } from './kernel-info.js';

/** What a kernel is made from. */
export interface KernelParts {
  readonly transport: Transport;
  /** The key of the connection, with which the server vouches for people. Absent: nobody is vouched for. */
  readonly vouchKey?: string;
  readonly notebook: NotebookFile | null;
  /** A text that was named in place of a notebook. */
  readonly textForm?: string | null;
  /** What has named the notebook, for people. */
  readonly toldBy?: string;
  /** Folder that cells run in. */
  readonly folder: string;
  readonly nodePath: string;
  /** File that keeps the cells of all kernels of the user. Without it the history ends with this kernel. */
  readonly historyPath?: string | null;
  readonly started?: StartedPrograms;
  /** Jupyter's id of this kernel. Absent: nobody has told. */
  readonly kernelId?: string | undefined;
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
  /** A line for the operator of the server, without secrets. */
  log(line: string): void;
  /** The run's state and journal. */
  readonly run: RunKeeper;
  readonly resumer: Resumer;
}

/** Makes a kernel with its executor, its language server and its run. */
export function composeKernel(parts: KernelParts): ComposedKernel {
  const { notebook, folder } = parts;
  const masking = new Masking();
  const log = (line: string): void => parts.log(masking.text(line));
  const known = KnownRun.of({
    folder,
    notebook,
    read: ({ secrets }) => secrets.forEach(secret => masking.learn(secret))
  });
  const { profile } = known;
  const people = knowPeople(profile, log);
  const kept = composeKeeper({
    notebook,
    masking,
    people,
    openJournal: (first, reopens) => {
      known.settle();
      return openJournal(notebook, { ...first, run: notebook?.read().run ?? null }, reopens, parts.kernelId);
    }
  });
  const { transport } = parts;
  const outputs = composeOutputs({ ...kept, transport, profile, log });
  const { publish } = outputs;
  const cells = composeCells({ ...parts, ...kept, known, publish, log });
  const run = composeRun({
    ...kept,
    known,
    folder,
    textForm: parts.textForm ?? null,
    rehearsalRules: rehearsalRulesIn(folder, () => known.info?.runbook),
    outputs: outputs.masked,
    undoOutputs: outputs.undoOutputs,
    stdin: outputs.stdin,
    evaluate: cells.evaluate,
    forgetRollbacks: ids => cells.executor.notify('rollback.undone', [...ids])
  });
  const thread = new ReleaseThread({
    keeper: kept.keeper,
    notebook,
    known,
    mask: text => masking.text(text),
    say: notice => run.notices.add(notice),
    log
  });
  connectExecutor(cells, outputs, run, log);
  const history = parts.historyPath
    ? new FileHistory({ path: parts.historyPath, onLog: log, mask: text => masking.text(text) })
    : new MemoryHistory();
  const answers = answerAboutCells(cells.session, () => ({
    folder: commandFolderOf(folder, known.info) ?? folder,
    path: process.env['PATH'] ?? ''
  }));
  const kernel = new Kernel({
    transport: outputs.transport,
    sender: outputs.sender,
    outputs: outputs.router,
    stdin: outputs.stdin,
    interpreter: {
      run: showHeldBack(runInLane(cells.run, run.acts.lane, run.commands), outputs.masked),
      answers,
      control: cells.cells
    },
    gatekeeper: run.gate,
    history,
    kernelInfo: kernelInfoOf(parts),
    onShutdown: parts.onShutdown,
    onLog: log
  });
  const runComm = new RunComm(run, new Vouching(parts.vouchKey ?? ''));
  outputs.stdin.whenWithdrawn(question => runComm.broadcast({ type: 'withdrawn', question }));
  kernel.registerCommTarget(RUN_COMM, runComm);
  kernel.registerCommTarget(OUTPUTS_COMM, new OutputsComm(kept.keeper));
  kernel.registerCommTarget(LIFECYCLE_COMM, new LifecycleComm(folder));
  kernel.registerCommTarget(CHECK_COMM, new CheckComm(answers.check));

  return {
    async start() {
      kernel.start();
      // It gets mode and profile when it is started: the first cell does that when they are not known yet.
      await Promise.all([known.isKnown && cells.executor.start(), cells.session.start()]);
    },
    shutdown: () => kernel.shutdown(false),
    async closeJournal() {
      await thread.close();
      await Promise.all([kept.keeper.close(), history instanceof FileHistory && history.flush()]);
    },
    interrupt: () => kernel.interrupt(),
    log,
    run: kept.keeper,
    resumer: run.acts.resumer
  };
}

/** The people of this kernel; who is authenticated is asked meanwhile. */
function knowPeople(profile: Profile, log: (line: string) => void): People {
  const hub = new Hub({ environment: process.env, expected: () => profile.hub });
  const people = new People(hub);
  void people.known().then(() => hub.word.doubt && log(`Nobody is authenticated: ${hub.word.doubt}.`));
  return people;
}
