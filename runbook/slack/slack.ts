// `slack`: tells a channel how the release goes. Off unless launchbook.yml names a token or webhook for the environment.
import { ports } from '../context.js';
import { slackText } from '../../contract/base/escape.js';
import type { JsonObject } from '../../contract/base/json.js';
import { performEffect, showEnd } from '../effect/effect.js';
import type { SealedProfile, SlackProfile } from '../ports.js';
import { SlackFailedError } from './slack-failed-error.js';
import { alreadyShown } from '../already-shown.js';
import { faultsOfOptions, faultsOfValue, refuseFaults } from '../usage/check-options.js';
import { required, rule, text } from '../usage/rules.js';
import { deliver, type Delivered, type Delivery } from './deliver.js';

/** Where a message goes. */
export interface SlackOptions {
  /** `#name` or id of a channel. @default the profile's */
  readonly channel?: string;
}

/** A message that was posted. */
export interface SlackMessage {
  /** Id of the channel; null when Slack is off or a webhook was used. */
  readonly channel: string | null;
  /** Slack's id of the message in its channel; null when Slack is off or a webhook was used. */
  readonly ts: string | null;
  /**
   * Replaces the text in place. Recorded: on resume it is not sent again.
   *
   * @param text - The new text, 1 to 40,000 characters in Slack's own markup.
   * @throws {@link SlackFailedError} with code `slack.webhook_only_posts` for a webhook, else as {@link slack} says.
   * @example
   * await (await slack.post('Release 2.4.0 has begun')).edit('Release 2.4.0 is live') // SlackMessage { channel: 'C024BE91L', … }
   */
  edit(text: string): Promise<SlackMessage>;
  /**
   * Answers in the thread of this message. Recorded: on resume it is not sent again.
   *
   * @param text - 1 to 40,000 characters in Slack's own markup.
   * @throws {@link SlackFailedError} with code `slack.webhook_only_posts` for a webhook, else as {@link slack} says.
   * @example
   * await (await slack.post('Release 2.4.0 has begun')).reply('QA is asked') // SlackMessage { channel: 'C024BE91L', … }
   */
  reply(text: string): Promise<SlackMessage>;
}

/** The type of {@link slack}. */
export interface Slack {
  /**
   * Posts a message and waits up to 10 s for Slack's answer. Recorded: on resume it is not posted again.
   *
   * @param text - 1 to 40,000 characters in Slack's own markup.
   * @param options - The channel, when it is not the profile's.
   * @throws {@link SlackFailedError} when it did not arrive, or nobody knows whether it did.
   * @throws {@link UsageError} listing every fault. Nothing is sent.
   * @example
   * await slack.post('Release 2.4.0 has begun', { channel: '#releases' }) // SlackMessage { channel: 'C024BE91L', ts: '…' }
   */
  post(text: string, options?: SlackOptions): Promise<SlackMessage>;
  /**
   * A value for the text of a message that is shown as it is: no link, no mention, no call of everybody in the channel.
   *
   * @param value - Any text.
   * @example
   * slack.escape('<!channel> a < b') // '&lt;!channel&gt; a &lt; b'
   */
  escape(value: string): string;
}

/**
 * Posts to Slack, as the environment's profile says; without one the text is printed and nothing is sent.
 * A message is never posted a second time by itself, except when Slack says that it takes no more for now (waits up to 60 s).
 *
 * Recorded: on resume a posted message is not posted again.
 * @throws {@link SlackFailedError} when it did not arrive, or nobody knows whether it did.
 * @throws {@link UsageError} listing every fault. Nothing is sent.
 * @example
 * const status = await slack.post('Release 2.4.0 has begun')
 * await status.edit('Release 2.4.0: first batch deployed') // the same message, changed
 * await status.reply('QA is asked to sign off')             // in its thread
 */
export const slack: Slack = Object.freeze({
  async post(message: string, options: SlackOptions = {}): Promise<SlackMessage> {
    refuseFaults('slack.post', [
      ...faultsOfValue('The text', message, required(messageText)),
      ...faultsOfOptions(options, { channel: text })
    ]);
    return send({ text: message, channel: options.channel ?? null, thread: null, edits: null }, 'Slack');
  },
  escape: (value: string): string => slackText(String(value))
});

async function send(delivery: Delivery, what: string): Promise<SlackMessage> {
  const { environment, display } = ports();
  const profile = environment.slack ?? null;
  const thread = delivery.thread ?? delivery.edits;
  if (profile === null) {
    display.write(
      'stdout',
      `${what} (off: the environment '${environment.name}' has no slack in launchbook.yml): ${delivery.text}\n`
    );
    return messageOf({ channel: null, ts: null }, thread);
  }
  if (profile.webhook !== null && (thread !== null || delivery.channel !== null)) {
    throw new SlackFailedError(
      'slack.webhook_only_posts',
      'A webhook of Slack posts to its own channel; it cannot choose one, edit or answer.'
    );
  }
  const channel = delivery.channel ?? profile.channel;
  if (profile.webhook === null && channel === null) {
    throw new SlackFailedError('slack.no_channel', 'The message has no channel to go to.');
  }
  const complete = { ...delivery, channel };
  const label = `${what}${channel === null ? '' : ` ${channel}`}: ${delivery.text.split('\n')[0]!.slice(0, 100)}`;
  const effect = {
    helper: 'slack',
    label,
    request: { ...complete },
    plan: `${what}${channel === null ? '' : ` ${channel}`}: ${delivery.text}`,
    empty: { channel, ts: null }
  };
  const delivered = await performEffect<Delivered & JsonObject>(effect, async () => ({
    outcome: 'passed' as const,
    result: { ...(await deliver(opened(profile), complete, ports().signal())) }
  }));
  showEnd(() => display.write('stdout', `${label}\n`));
  return messageOf(delivered, delivery.thread);
}

/** The profile with its texts, for the client alone. */
function opened(profile: NonNullable<SealedProfile['slack']>): SlackProfile {
  const { token, webhook } = profile;
  return { ...profile, token: token?.reveal() ?? null, webhook: webhook?.reveal() ?? null };
}

/** `thread` is the message whose thread this one is in: answers to an answer stay in that thread. */
function messageOf({ channel, ts }: Delivered, thread: string | null): SlackMessage {
  const then = (
    message: string,
    part: Pick<Delivery, 'thread' | 'edits'>,
    what: string
  ): Promise<SlackMessage> => {
    refuseFaults('.edit() and .reply()', faultsOfValue('The text', message, required(messageText)));
    if (ts === null && ports().environment.slack?.webhook) {
      throw new SlackFailedError(
        'slack.webhook_only_posts',
        'A webhook of Slack does not say where its message is, so it cannot be changed or answered.'
      );
    }
    return send({ text: message, channel, ...part }, what);
  };
  const edit = async (message: string): Promise<SlackMessage> =>
    then(message, { thread: null, edits: ts }, 'Slack, edited');
  const reply = async (message: string): Promise<SlackMessage> =>
    then(message, { thread: thread ?? ts, edits: null }, 'Slack, in the thread');
  return Object.freeze(
    Object.defineProperties(alreadyShown({ channel, ts }), {
      edit: { value: edit, enumerable: false },
      reply: { value: reply, enumerable: false }
    })
  ) as unknown as SlackMessage;
}

const messageText = rule(
  'a text of 1 to 40,000 characters',
  value => typeof value === 'string' && value.trim() !== '' && value.length <= 40_000
);
