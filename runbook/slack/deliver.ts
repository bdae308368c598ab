// How a message gets to Slack: over Slack's own client with a token, or as one POST to a webhook. Posting is never repeated by
// itself, because it may have arrived; only where Slack says that it did not (rate limit) it is sent again.
// https://docs.slack.dev/reference/methods/chat.postMessage and https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
import type { KnownBlock } from '@slack/web-api';
import { SlackFailedError } from './slack-failed-error.js';
import type { Json } from '../../contract/base/json.js';
import { innermostMessage } from '../innermost-cause.js';
import { sleepUnlessAborted } from '../interruptible-sleep.js';
import type { SlackProfile } from '../ports.js';
import { knownSecrets, maskText } from '../redact.js';

/** What is to be done. `thread` is the message that is answered, `edits` the one that is replaced. */
export interface Delivery {
  readonly text: string;
  readonly channel: string | null;
  readonly thread: string | null;
  readonly edits: string | null;
  /** Instead of the text alone, which then stands in notifications; [] takes those of an edited message away. Absent or null: none. */
  readonly blocks?: readonly Json[] | null;
}

/** Where a message is. Both are null for a webhook, which does not say. */
export type Delivered = { readonly channel: string | null; readonly ts: string | null };

const TIMEOUT_MS = 10_000;
const MOST_WAITS = 3;
const LONGEST_WAIT_S = 60;

/**
 * Delivers once, without the secrets that helpers have read; `interrupt` ends the attempt.
 *
 * @throws {@link SlackFailedError} when it did not arrive, or nobody knows.
 */
export async function deliver(
  profile: SlackProfile,
  delivery: Delivery,
  interrupt: AbortSignal
): Promise<Delivered> {
  const safe = {
    ...delivery,
    text: maskText(delivery.text, knownSecrets()),
    ...(delivery.blocks && { blocks: delivery.blocks.map(masked) })
  };
  const { webhook } = profile;
  const attempt =
    webhook === null ? await apiOf(profile, safe, interrupt) : () => postToWebhook(webhook, safe, interrupt);
  for (let waits = 0; ; waits++) {
    const answer = await attempt();
    if (!('retryAfterS' in answer)) {
      return answer;
    }
    const { retryAfterS } = answer;
    const mayWait = retryAfterS <= LONGEST_WAIT_S && waits < MOST_WAITS;
    if (!mayWait || !(await sleepUnlessAborted(retryAfterS * 1000, interrupt))) {
      throw new SlackFailedError(
        'slack.rate_limited',
        'Slack takes no more messages for now, so this one was not posted.'
      );
    }
  }
}

function masked(value: Json): Json {
  if (typeof value === 'string') {
    return maskText(value, knownSecrets());
  }
  if (Array.isArray(value)) {
    return (value as readonly Json[]).map(masked);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, part]) => [name, masked(part as Json)]))
    : value;
}

/** Slack takes nothing more for now: it has not arrived, so it may be sent again. */
interface RateLimited {
  readonly retryAfterS: number;
}

/** One attempt over the Web API. */
async function apiOf(
  profile: SlackProfile,
  delivery: Delivery,
  interrupt: AbortSignal
): Promise<() => Promise<Delivered | RateLimited>> {
  const { WebClient, LogLevel } = await import('@slack/web-api');
  let broken: unknown = null;
  const client = new WebClient(profile.token ?? '', {
    logLevel: LogLevel.ERROR,
    timeout: TIMEOUT_MS,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    fetch: async (url, init) => {
      try {
        return await fetch(url, {
          ...init,
          signal: AbortSignal.any([interrupt, ...(init?.signal ? [init.signal] : [])])
        });
      } catch (error) {
        // The client keeps a text of it only.
        broken = error;
        throw error;
      }
    },
    ...(profile.url === null ? {} : { slackApiUrl: profile.url })
  });
  const channel = delivery.channel ?? '';
  const { text, thread, edits, blocks } = delivery;
  const shown = blocks ? { blocks: blocks as unknown as KnownBlock[] } : {};
  return async () => {
    try {
      const answer =
        edits === null
          ? await client.chat.postMessage({
              channel,
              text,
              ...shown,
              ...(thread === null ? {} : { thread_ts: thread })
            })
          : // An edit finds and links names where the post did not, unless it is told not to.
            await client.chat.update({
              channel,
              ts: edits,
              text,
              ...shown,
              parse: 'none',
              link_names: false
            });
      return { channel: answer.channel ?? channel, ts: answer.ts ?? null };
    } catch (error) {
      const retryAfterS = retryAfterOf(error);
      if (retryAfterS !== null) {
        return { retryAfterS };
      }
      throw failureOf(error, interrupt.aborted, broken);
    }
  };
}

async function postToWebhook(
  webhook: string,
  delivery: Delivery,
  interrupt: AbortSignal
): Promise<Delivered | RateLimited> {
  let response: Response;
  try {
    response = await fetch(webhook, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text: delivery.text }),
      redirect: 'error',
      signal: AbortSignal.any([interrupt, AbortSignal.timeout(TIMEOUT_MS)])
    });
  } catch (error) {
    throw failureOf(error, interrupt.aborted);
  }
  if (response.status === 429) {
    await response.body?.cancel();
    const seconds = Number(response.headers.get('retry-after') ?? 1);
    return { retryAfterS: Number.isFinite(seconds) ? seconds : 1 };
  }
  if (!response.ok) {
    const said = (await response.text().catch(() => '')).trim().slice(0, 200);
    throw refused(`status ${response.status}${said === '' ? '' : `, ${said}`}`);
  }
  await response.body?.cancel();
  return { channel: null, ts: null };
}

/** By shape, because the client may be another copy. */
interface ClientError {
  readonly code?: string;
  readonly statusCode?: number;
  readonly retryAfter?: number;
  readonly data?: { readonly error?: string; readonly needed?: string };
}

function retryAfterOf(error: unknown): number | null {
  const { code, retryAfter } = error as ClientError;
  return code === 'slack_webapi_rate_limited_error' ? (retryAfter ?? 1) : null;
}

function failureOf(error: unknown, isInterrupted: boolean, broken: unknown = null): SlackFailedError {
  const { code, data, statusCode } = error as ClientError;
  if (code === 'slack_webapi_platform_error') {
    const reason = data?.error ?? 'no reason';
    return refused(`${reason}${data?.needed === undefined ? '' : `, needed: ${data.needed}`}`, reason);
  }
  if (code === 'slack_webapi_http_error') {
    return refused(`status ${statusCode ?? 'unknown'}`);
  }
  return isInterrupted
    ? new SlackFailedError('slack.interrupted', 'Posting to Slack was interrupted.')
    : new SlackFailedError(
        'slack.unreachable',
        `Slack could not be reached: ${maskText(innermostMessage(broken ?? error), knownSecrets())}.`
      );
}

function refused(why: string, reason?: string): SlackFailedError {
  return new SlackFailedError('slack.refused', `Slack refused the message: ${why}.`, reason);
}
