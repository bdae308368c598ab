// `launchbook status --post slack`: brings the thread of a run up to date without its kernel, also after it was down with Slack.
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LaunchbookError } from '../../contract/base/error.js';
import { loadProfile, NO_ENVIRONMENT } from '../../record/profile/load-profile.js';
import { Masker } from '../../runbook/masking/masker.js';
import { profileSecretsOf } from '../../runbook/masking/profile-secrets.js';
import { deliver } from '../../runbook/slack/deliver.js';
import { readRun } from '../notebook/read-run.js';
import { bringUpToDate, PACE_MS } from './bring-up-to-date.js';
import { ThreadMessages } from './thread-messages.js';
import { writerFor } from './thread-of-profile.js';
import { threadFileOf } from './thread-place.js';

/** What was posted. */
export interface PostedThread {
  readonly channel: string;
  /** Slack's id of the message that begins the thread; empty when nothing has run yet. */
  readonly ts: string;
  /** How many messages were posted. */
  readonly posted: number;
  /** How many were edited. */
  readonly edited: number;
}

/** Where it is posted. */
export interface PostThreadOptions {
  /** Another channel than the profile's: it gets the first message alone, because the people are asked in the profile's. */
  readonly channel?: string | undefined;
  readonly signal?: AbortSignal;
  /** The time between two calls of Slack, in milliseconds. @default 1200 */
  readonly paceMs?: number;
}

/**
 * Posts what the thread of the run lacks, and edits what has changed.
 *
 * @param path - The notebook of the run.
 * @throws LaunchbookError `slack.off` when launchbook.yml names no token for the environment, `slack.no_channel`, and
 * `slack.webhook_only_posts` when it names a webhook, which cannot edit; SlackFailedError when Slack refuses or cannot be reached.
 * @example
 * await postThread('runs/2.4.0-staging/release.ipynb') // { channel: 'C024', ts: '1763971200.000100', posted: 0, edited: 1 }
 */
export async function postThread(path: string, options: PostThreadOptions = {}): Promise<PostedThread> {
  const { run, records } = readRun(path);
  const profile = loadProfile({ folder: resolve(dirname(path)), run, environment: process.env });
  const { slack } = profile;
  if (!slack) {
    throw new LaunchbookError(
      `Posting to Slack: launchbook.yml names no Slack for the environment ${run?.environment ?? NO_ENVIRONMENT}.`,
      {
        code: 'slack.off',
        hint: "Add slack: { token: '${SLACK_TOKEN}', channel: '#releases' } to the environment."
      }
    );
  }
  if (slack.webhook !== null) {
    throw new LaunchbookError('Posting to Slack: a webhook can post and not edit.', {
      code: 'slack.webhook_only_posts',
      hint: 'Use a token with the scope chat:write, so that one thread can be kept up to date.'
    });
  }
  const channel = options.channel ?? slack.channel;
  if (channel === null) {
    throw new LaunchbookError('Posting to Slack: no channel is named.', {
      code: 'slack.no_channel',
      hint: "Name one with --channel, or under 'slack' in launchbook.yml."
    });
  }
  const masker = new Masker(profileSecretsOf(profile));
  const messages = new ThreadMessages(writerFor(profile, path, text => masker.text(text)));
  records.forEach(record => messages.take(record));
  const all = messages.all();
  const signal = options.signal ?? new AbortController().signal;
  const progress = await bringUpToDate(channel === slack.channel ? all : all.slice(0, 1), {
    file: threadFileOf(path),
    identity: { run: run?.id ?? '', openedAt: messages.openedAt },
    channel,
    canEdit: true,
    send: delivery => deliver(slack, delivery, signal),
    pause: () => sleep(options.paceMs ?? PACE_MS, undefined, { signal }).catch(() => undefined),
    signal
  });
  const { posted, edited, ts } = progress;
  return { channel: progress.channel ?? channel, ts: ts ?? '', posted, edited };
}
