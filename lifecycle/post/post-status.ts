// Posts a summary to Slack once, and edits that one message from then on. Which message it is, is kept beside the run, in .launchbook/.
import { mkdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { LaunchbookError } from '../../contract/base/error.js';
import { readTextOfRun } from '../../record/files/read-file.js';
import { loadProfile, NO_ENVIRONMENT } from '../../record/profile/load-profile.js';
import { Masker } from '../../runbook/masking/masker.js';
import { profileSecretsOf } from '../../runbook/masking/profile-secrets.js';
import { deliver, type Delivered } from '../../runbook/slack/deliver.js';
import { writeAtomically } from '../notebook/write-atomically.js';
import { asSlack } from '../status/format/as-slack.js';
import type { RunSummary } from '../status/summarize-run.js';

/** Where a summary was posted. */
export interface PostedStatus {
  readonly channel: string;
  /** Slack's id of the message. */
  readonly ts: string;
  /** False for the first post. */
  readonly isEdit: boolean;
}

/**
 * Posts the summary to the channel of the run's environment, or replaces the message that an earlier call has posted there.
 *
 * @param path - The notebook of the run.
 * @param options - `channel` instead of the profile's; `signal` ends the attempt.
 * @throws LaunchbookError `slack.off` when launchbook.yml names no token for the environment, `slack.webhook_only_posts` when it
 * names a webhook, which cannot edit; SlackFailedError when Slack refuses or cannot be reached.
 * @example
 * await postStatus('runs/2.4.0-staging/release.ipynb', summary) // { channel: 'C024', ts: '1763971200.000100', isEdit: true }
 */
export async function postStatus(
  path: string,
  summary: RunSummary,
  options: { readonly channel?: string | undefined; readonly signal?: AbortSignal } = {}
): Promise<PostedStatus> {
  const loaded = loadProfile({
    folder: resolve(dirname(path)),
    run: summary.run,
    environment: process.env
  });
  const profile = loaded.slack;
  if (!profile) {
    throw new LaunchbookError(
      `Posting the status to Slack: launchbook.yml names no Slack for the environment ${summary.run?.environment ?? NO_ENVIRONMENT}.`,
      {
        code: 'slack.off',
        hint: 'Add slack: { token: ${SLACK_TOKEN}, channel: "#releases" } to the environment.'
      }
    );
  }
  if (profile.webhook !== null) {
    throw new LaunchbookError('Posting the status to Slack: a webhook can post and not edit.', {
      code: 'slack.webhook_only_posts',
      hint: 'Use a token with the scope chat:write, so that one message can be kept up to date.'
    });
  }
  const channel = options.channel ?? profile.channel;
  const place = placeOf(path);
  const known = readPlace(place);
  const edits = known && (channel === null || known.asked === channel) ? known : null;
  const posted = await deliver(
    profile,
    {
      text: new Masker(profileSecretsOf(loaded)).text(asSlack(summary)),
      channel: edits?.channel ?? channel,
      thread: null,
      edits: edits?.ts ?? null
    },
    options.signal ?? new AbortController().signal
  );
  keepPlace(place, channel, posted);
  return { channel: posted.channel ?? '', ts: posted.ts ?? '', isEdit: edits !== null };
}

/** What is kept: the channel that was asked for, and where Slack has put the message. */
interface Place {
  readonly asked: string | null;
  readonly channel: string;
  readonly ts: string;
}

function placeOf(path: string): string {
  return join(dirname(path), '.launchbook', `${basename(path, '.ipynb')}.slack.json`);
}

function readPlace(file: string): Place | null {
  try {
    const place = JSON.parse(readTextOfRun(file, 'place')) as Partial<Place>;
    return typeof place.channel === 'string' && typeof place.ts === 'string' ? (place as Place) : null;
  } catch {
    return null;
  }
}

function keepPlace(file: string, asked: string | null, posted: Delivered): void {
  mkdirSync(dirname(file), { recursive: true });
  writeAtomically(file, JSON.stringify({ asked, channel: posted.channel, ts: posted.ts }));
}
