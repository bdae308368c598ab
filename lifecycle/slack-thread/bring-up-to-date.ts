// Makes the thread in Slack say what it should: posts what is missing, edits what has changed, one call after the other. Whoever does it
// holds a lock meanwhile, so that kernel and command never post the same message.
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { JournalLockedError } from '../../record/errors/journal-locked-error.js';
import { takeLock, type HeldLock } from '../../record/journal/lock-file.js';
import type { Delivered, Delivery } from '../../runbook/slack/deliver.js';
import { SlackFailedError } from '../../runbook/slack/slack-failed-error.js';
import { blocksWith } from './decision-buttons.js';
import { FIRST_MESSAGE } from './thread-messages.js';
import { readThread, textHash, writeThread, type PlacedThread, type ThreadIdentity } from './thread-place.js';
import type { ThreadMessage } from './thread-writer.js';

/** A thread that is to be brought up to date. */
export interface ThreadTarget {
  /** Where it is kept what Slack has taken. */
  readonly file: string;
  readonly identity: ThreadIdentity;
  /** As launchbook.yml or a person names it; empty for a webhook. */
  readonly channel: string;
  /** False for a webhook: what has changed is posted as a message of its own, and the first one stays as it was. */
  readonly canEdit: boolean;
  readonly send: (delivery: Delivery) => Promise<Delivered>;
  /** Waits between two calls. */
  readonly pause: () => Promise<void>;
  readonly signal: AbortSignal;
}

/** What was done. */
export interface ThreadProgress {
  readonly posted: number;
  readonly edited: number;
  /** Slack's ids of channel and first message; null behind a webhook. */
  readonly channel: string | null;
  readonly ts: string | null;
}

/** Slack posts about one message a second to a channel, and takes 50 edits a minute. */
export const PACE_MS = 1200;

/**
 * Posts and edits until `messages` is what the thread says, or `signal` ends it between two calls.
 *
 * @throws {@link SlackFailedError} at the first message that Slack does not take. What it has taken until then is kept.
 */
export async function bringUpToDate(
  messages: readonly ThreadMessage[],
  target: ThreadTarget
): Promise<ThreadProgress> {
  const { file, identity, channel, pause, signal } = target;
  await mkdir(dirname(file), { recursive: true });
  const lock = await takeLockInTurn(file, signal);
  try {
    let thread = readThread(file, identity, channel);
    let posted = 0;
    let edited = 0;
    for (const message of messages) {
      const act = actOf(message, thread, target);
      if (act === null) {
        continue;
      }
      if (posted + edited > 0) {
        await pause();
      }
      if (signal.aborted) {
        break;
      }
      thread = await tell(message, act, thread, target);
      writeThread(file, identity, channel, thread);
      posted += act === 'post' ? 1 : 0;
      edited += act === 'edit' ? 1 : 0;
    }
    return { posted, edited, channel: thread.channel, ts: thread.messages[FIRST_MESSAGE]?.ts ?? null };
  } finally {
    await lock.release();
  }
}

/** Another process that brings it up to date ends soon: it waits for nothing but Slack. */
async function takeLockInTurn(file: string, signal: AbortSignal): Promise<HeldLock> {
  for (const end = performance.now() + PATIENCE_MS; ;) {
    try {
      return await takeLock(file, new Date().toISOString());
    } catch (error) {
      if (!(error instanceof JournalLockedError) || signal.aborted || performance.now() > end) {
        throw error;
      }
      await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

const PATIENCE_MS = 120_000;
const LOOK_MS = 100;

/** What is to be done with a message; null when it is as it should be. */
function actOf(
  message: ThreadMessage,
  { messages }: PlacedThread,
  { canEdit }: Pick<ThreadTarget, 'canEdit'>
): 'post' | 'edit' | null {
  const { key, isOver } = message;
  const placed = messages[key];
  if (!placed) {
    return isOver ? null : 'post';
  }
  if (placed.text === hashOf(message)) {
    return null;
  }
  if (canEdit) {
    return 'edit';
  }
  return isOver || key === FIRST_MESSAGE ? null : 'post';
}

async function tell(
  message: ThreadMessage,
  act: 'post' | 'edit',
  thread: PlacedThread,
  { channel, send, canEdit }: ThreadTarget
): Promise<PlacedThread> {
  const { key, text, buttons } = message;
  const placed = thread.messages[key];
  const first = thread.messages[FIRST_MESSAGE];
  const delivered = await send({
    text,
    // An edit that names no blocks leaves the buttons there.
    blocks: (canEdit && buttons !== undefined && blocksWith(text, buttons)) || (act === 'edit' ? [] : null),
    channel: canEdit ? (thread.channel ?? channel) : null,
    thread: act === 'post' && key !== FIRST_MESSAGE ? (first?.ts ?? null) : null,
    edits: act === 'edit' ? (placed?.ts ?? null) : null
  }).catch((error: unknown) => {
    if (act === 'edit' && isGone(error)) {
      return { channel: thread.channel, ts: placed?.ts ?? null };
    }
    throw error;
  });
  return {
    channel: delivered.channel,
    messages: {
      ...thread.messages,
      [key]: { ts: placed?.ts ?? delivered.ts, text: hashOf(message) }
    }
  };
}

function hashOf({ text, buttons = '' }: ThreadMessage): string {
  return textHash(`${text}${buttons}`);
}

/** Nothing that is tried again would change such a message: somebody has deleted it, or the workspace lets nobody edit it any more. */
const GONE: ReadonlySet<unknown> = new Set([
  'message_not_found',
  'cant_update_message',
  'edit_window_closed'
]);

function isGone(error: unknown): boolean {
  return error instanceof SlackFailedError && GONE.has(error.fields?.['reason']);
}
