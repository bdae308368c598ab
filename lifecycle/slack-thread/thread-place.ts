// Which messages of a thread Slack has taken, and with which text: a small file beside the run, in .launchbook/. It is written after each
// answer of Slack, so that nothing is posted twice that Slack has answered.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readFileIfPresent } from '../../record/files/read-file.js';
import { writeAtomically } from '../notebook/write-atomically.js';

/** A message that Slack has taken. */
export interface PlacedMessage {
  /** Slack's id of it; null behind a webhook, which does not say. */
  readonly ts: string | null;
  /** Hash of its text. */
  readonly text: string;
}

/** One thread. */
export interface PlacedThread {
  /** Slack's id of the channel; null behind a webhook. */
  readonly channel: string | null;
  /** By key. */
  readonly messages: { readonly [key: string]: PlacedMessage };
}

/** Which run the file is about, so that another run at the same path begins a thread of its own. */
export interface ThreadIdentity {
  readonly run: string;
  /** When its journal began. */
  readonly openedAt: string;
}

/** The file as it is written: a thread for each channel that was asked for. */
interface ThreadFile extends ThreadIdentity {
  readonly threads: { readonly [channel: string]: PlacedThread };
}

const NONE: PlacedThread = { channel: null, messages: {} };

/** The file of the run with this notebook. */
export function threadFileOf(notebook: string): string {
  return join(dirname(notebook), '.launchbook', `${basename(notebook, '.ipynb')}.slack.json`);
}

/** What is kept of the thread in a channel; nothing when the file is about another run. */
export function readThread(file: string, identity: ThreadIdentity, channel: string): PlacedThread {
  return keptFile(file, identity)?.threads[channel] ?? NONE;
}

/** Keeps it. */
export function writeThread(
  file: string,
  identity: ThreadIdentity,
  channel: string,
  thread: PlacedThread
): void {
  const threads = { ...keptFile(file, identity)?.threads, [channel]: thread };
  mkdirSync(dirname(file), { recursive: true });
  writeAtomically(file, `${JSON.stringify({ ...identity, threads } satisfies ThreadFile)}\n`);
}

/** Takes the file along when a notebook is renamed. A file that is there already stays. */
export function moveThread(before: string, after: string): void {
  const [from, to] = [threadFileOf(before), threadFileOf(after)];
  if (existsSync(from) && !existsSync(to)) {
    mkdirSync(dirname(to), { recursive: true });
    renameSync(from, to);
  }
}

/** What stands for a text, so that a change is seen and the file holds none of it. */
export function textHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function keptFile(file: string, { run, openedAt }: ThreadIdentity): ThreadFile | null {
  const bytes = readFileIfPresent(file, 'thread');
  try {
    const kept = JSON.parse(bytes?.toString('utf8') ?? 'null') as ThreadFile | null;
    return kept?.run === run && kept.openedAt === openedAt && typeof kept.threads === 'object' ? kept : null;
  } catch {
    return null;
  }
}
