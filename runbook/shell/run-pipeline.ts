// Runs the commands of a pipe to their end with execa: each in a process group of its own, output as it arrives, all ended
// together by interrupt or time-out. One command is a pipe of one.
import { stopwatch } from '../stopwatch.js';
import { pipeline, type Readable } from 'node:stream';
import { ports } from '../context.js';
import { knownSecrets } from '../redact.js';
import { collectOutput, KEPT_OF_CAPTURED, KEPT_OF_SHOWN } from './collect-output.js';
import { quoteCommand } from './quote.js';
import { emptyResult, type CommandResult } from './result.js';
import { sshCommand } from './ssh-command.js';
import { labelOf, type CheckedStage } from './stage.js';
import { faultOfSpawn, startFaultOf, type Startable, type StartFault } from './process/start-fault.js';
import { terminateGroup } from './process/terminate.js';
import { watchEnd } from './process/watch-end.js';

/** A background process that inherited the output may keep it open; after this much silence we stop listening. */
const SILENCE_AFTER_EXIT_MS = 1000;

/** Shows masked text of the commands. */
export type ShowText = (name: 'stdout' | 'stderr', text: string) => void;

/** Which commands, and what is done with their output. */
export interface PipelineRun {
  readonly stages: readonly CheckedStage[];
  /** Standard output is taken as a value and not shown. */
  readonly isCaptured: boolean;
  readonly show: ShowText;
}

/**
 * The result of one attempt; `failed` speaks of exit codes and the way it ended, not of patterns. Never rejects.
 *
 * Nothing is started when any of the commands cannot be.
 */
export async function runPipeline({ stages, isCaptured, show }: PipelineRun): Promise<CommandResult> {
  const { signal, interruptSignal } = ports();
  const first = stages[0]!.options;
  const interrupt = first.outlastsFailure ? interruptSignal() : signal();
  const commands = stages.map((stage, index) => startable(stage, index > 0 || stage.options.stdin !== null));
  const faults = commands.map(startFaultOf).filter(fault => fault !== null);
  if (faults.length > 0) {
    return notStartedResult(stages, faults);
  }
  const { execa } = await import('execa');
  const elapsedMs = stopwatch();
  const children = commands.map(({ args: [program, ...args], cwd, env }, index) =>
    execa(program!, args, {
      cwd,
      env,
      ...stdinOf(stages[index]!, index),
      detached: true,
      cleanup: false,
      buffer: false,
      reject: false
    })
  );
  const started = children.filter(child => child.pid !== undefined);
  const callOffs = started.length < children.length ? started.map(child => terminateGroup(child.pid!)) : [];
  const cutShort = new Set<number>();
  children.slice(1).forEach((child, index) => {
    // A command that needs no more ends the one before it, as in a shell.
    const onEnd = (error: unknown): void => void (error && cutShort.add(index));
    pipeline(children[index]!.stdout, child.stdin, onEnd);
  });
  const secrets = knownSecrets();
  const last = stages.at(-1)!;
  const isWhole = isCaptured || last.options.pattern !== null;
  const stdout = collectOutput(
    children.at(-1)!.stdout,
    secrets,
    isCaptured ? null : text => show('stdout', text),
    isWhole ? KEPT_OF_CAPTURED : KEPT_OF_SHOWN
  );
  const isLast = (index: number): boolean => index === children.length - 1;
  const stderrs = children.map((child, index) =>
    collectOutput(
      child.stderr,
      secrets,
      text => show('stderr', isLast(index) ? text : withoutEnd(text)),
      KEPT_OF_SHOWN
    )
  );
  const watch = watchEnd(
    children.flatMap(child => child.pid ?? []),
    {
      timeoutMs: first.timeoutMs,
      silenceMs: first.silenceMs,
      outputs: children.flatMap(outputsOf),
      interrupt
    }
  );
  for (const child of children) {
    child.nodeChildProcess.once('exit', () => stopListeningWhenSilent(outputsOf(child)));
  }
  const ends = await Promise.all(children);
  callOffs.forEach(callOff => callOff());
  const { timedOut, isSilent, isInterrupted } = await watch.finish();
  const refused = ends.flatMap(({ code, cause }, index) =>
    children[index]!.pid === undefined
      ? faultOfSpawn(commands[index]!, code ?? 'no process', (cause as { errno?: number } | undefined)?.errno)
      : []
  );
  if (refused.length > 0) {
    const begun = stages.filter((_, index) => children[index]!.pid !== undefined);
    return notStartedResult(stages, refused, begun);
  }
  const faulty = ends.findIndex((end, index) => !cutShort.has(index) && !isFine(end, stages[index]!));
  const told = faulty < 0 ? ends.length - 1 : faulty;
  return {
    command: labelOf(stages),
    exitCode: ends[told]!.exitCode ?? null,
    signal: ends[told]!.signal ?? null,
    stdout: stdout.text(),
    stderr: stderrs[told]!.text(),
    durationMs: elapsedMs(),
    attempts: 1,
    failed: timedOut || isSilent || isInterrupted || faulty >= 0,
    timedOut,
    isSilent,
    isInterrupted,
    isNotFound: false,
    notStarted: null,
    isTruncated: stdout.isTruncated() || stderrs[told]!.isTruncated()
  };
}

/** A command that the next one has ended says so, because its output is a socket here; in a shell it ends in silence. */
function withoutEnd(text: string): string {
  return text.replace(
    /^[^\n]*: (?:standard output|stdout|write error|write failed)[^\n]*: (?:Connection reset by peer|Broken pipe)\n?/gm,
    ''
  );
}

/** The program here: for a command on another machine, ssh. */
function startable({ args, options, target }: CheckedStage, hasStdin: boolean): Startable {
  const { cwd, env } = options;
  const { folder } = ports();
  return target === null
    ? { args, cwd: cwd ?? folder, env }
    : { args: sshCommand(target, args, { cwd, env, hasStdin }), cwd: folder, env: {} };
}

/** `begun`: commands of the pipe that the system did start, and that were ended because of the others. */
function notStartedResult(
  stages: readonly CheckedStage[],
  faults: readonly StartFault[],
  begun: readonly CheckedStage[] = []
): CommandResult {
  const words = [...new Set(faults.map(fault => fault.words))];
  const ended = begun.map(
    ({ args }) => `${quoteCommand(args)} had been started and was ended: it may have done a part of its work`
  );
  return {
    ...emptyResult(labelOf(stages), ''),
    exitCode: null,
    attempts: 1,
    failed: true,
    isNotFound: faults.every(fault => fault.isNotFound),
    notStarted: [...words, ...ended].join('; ')
  };
}

/** The other machine of ssh watches its input: it stays open until the command has ended. */
function stdinOf(
  { options, target }: CheckedStage,
  index: number
): { stdin?: 'pipe' | 'ignore'; input?: string } {
  if (index > 0) {
    return { stdin: 'pipe' };
  }
  return options.stdin !== null ? { input: options.stdin } : { stdin: target === null ? 'ignore' : 'pipe' };
}

interface End {
  readonly exitCode?: number | undefined;
  readonly signal?: string | undefined;
}

function isFine(end: End, { options }: CheckedStage): boolean {
  return end.exitCode !== undefined && options.exitCodes.includes(end.exitCode);
}

function outputsOf(child: { readonly stdout: unknown; readonly stderr: unknown }): readonly Readable[] {
  return [child.stdout, child.stderr] as readonly Readable[];
}

function stopListeningWhenSilent(streams: readonly Readable[]): void {
  for (const stream of streams.filter(({ closed }) => !closed)) {
    const timer = setTimeout(() => stream.destroy(), SILENCE_AFTER_EXIT_MS);
    stream.on('data', () => timer.refresh());
    stream.once('close', () => clearTimeout(timer));
  }
}
