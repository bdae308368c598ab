// Runs the commands of a pipe to their end with execa: each in a process group of its own, output as it arrives, all ended
// together by interrupt or time-out. One command is a pipe of one.
import { pipeline, type Readable } from 'node:stream';
import { ports } from '../context.js';
import { knownSecrets } from '../redact.js';
import { collectOutput, KEPT_OF_CAPTURED, KEPT_OF_SHOWN } from './collect-output.js';
import type { CommandResult } from './result.js';
import { sshCommand } from './ssh-command.js';
import { labelOf, type CheckedStage } from './stage.js';
import { watchEnd } from './watch-end.js';

/** A background process that inherited the output may keep it open; after this much silence we stop listening. */
const SILENCE_AFTER_EXIT_MS = 1000;

/** Shows masked text of the commands. */
export type ShowText = (name: 'stdout' | 'stderr', text: string) => void;

/** Which commands, and what becomes of their output. */
export interface PipelineRun {
  readonly stages: readonly CheckedStage[];
  /** Standard output is taken as a value and not shown. */
  readonly isCaptured: boolean;
  readonly show: ShowText;
}

/** The result of one attempt; `failed` speaks of exit codes and the way it ended, not of patterns. Never rejects. */
export async function runPipeline({ stages, isCaptured, show }: PipelineRun): Promise<CommandResult> {
  const { signal, now } = ports();
  const interrupt = signal();
  const { execa } = await import('execa');
  const startedAt = now();
  const children = stages.map((stage, index) => {
    const [program, ...args] = commandLine(stage, index > 0 || stage.options.stdin !== null);
    return execa(program!, args, {
      cwd: stage.target === null ? (stage.options.cwd ?? ports().folder) : ports().folder,
      env: stage.target === null ? stage.options.env : {},
      ...stdinOf(stage, index),
      detached: true,
      cleanup: false,
      buffer: false,
      reject: false
    });
  });
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
  const stderrs = children.map(child =>
    collectOutput(child.stderr, secrets, text => show('stderr', text), KEPT_OF_SHOWN)
  );
  const watch = watchEnd(
    children.flatMap(child => child.pid ?? []),
    stages[0]!.options.timeoutMs,
    interrupt
  );
  for (const child of children) {
    const streams = [child.stdout, child.stderr] as readonly Readable[];
    child.nodeChildProcess.once('exit', () => stopListeningWhenSilent(streams));
  }
  const ends = await Promise.all(children);
  const { timedOut, isInterrupted } = await watch.finish();
  const faulty = ends.findIndex((end, index) => !cutShort.has(index) && !isFine(end, stages[index]!));
  const told = faulty < 0 ? ends.length - 1 : faulty;
  return {
    command: labelOf(stages),
    exitCode: ends[told]!.exitCode ?? null,
    signal: ends[told]!.signal ?? null,
    stdout: stdout.text(),
    stderr: stderrs[told]!.text(),
    durationMs: now() - startedAt,
    attempts: 1,
    failed: timedOut || isInterrupted || faulty >= 0,
    timedOut,
    isInterrupted,
    isNotFound: ends[told]!.code === 'ENOENT',
    isTruncated: stdout.isTruncated() || stderrs[told]!.isTruncated()
  };
}

function commandLine({ args, options, target }: CheckedStage, hasStdin: boolean): readonly string[] {
  const { cwd, env } = options;
  return target === null ? args : sshCommand(target, args, { cwd, env, hasStdin });
}

/** The far side of ssh watches its input: it stays open until the command has ended. */
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

function stopListeningWhenSilent(streams: readonly Readable[]): void {
  for (const stream of streams) {
    const timer = setTimeout(() => stream.destroy(), SILENCE_AFTER_EXIT_MS);
    stream.on('data', () => timer.refresh());
    stream.once('close', () => clearTimeout(timer));
  }
}
