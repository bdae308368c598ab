// A message did not reach Slack.
import { LaunchbookError } from '../../contract/base/error.js';

/** Why a message was not sent. */
export type SlackFailureCode =
  | 'slack.refused'
  | 'slack.unreachable'
  | 'slack.rate_limited'
  | 'slack.interrupted'
  | 'slack.no_channel'
  | 'slack.webhook_only_posts';

const HINTS: { readonly [code in SlackFailureCode]: string } = {
  'slack.refused': 'Check the token, its scope chat:write, and that the app was invited to the channel.',
  'slack.unreachable': 'It may have been posted nevertheless: look into the channel before posting it again.',
  'slack.rate_limited': 'Post less often; edit one message in place.',
  'slack.interrupted': 'It may have been posted nevertheless: look into the channel before posting it again.',
  'slack.no_channel': "Name one with the option channel, or under 'slack' in launchbook.yml.",
  'slack.webhook_only_posts': "Give a token instead of the webhook under 'slack' in launchbook.yml."
};

/**
 * Thrown when a message could not be posted or edited. Codes: `slack.refused` (Slack said no), `slack.unreachable` and
 * `slack.interrupted` (it may have arrived), `slack.rate_limited`, `slack.no_channel`, `slack.webhook_only_posts`. What Slack said no with is
 * in `fields.reason`, for example `channel_not_found`.
 */
export class SlackFailedError extends LaunchbookError {
  /** @param reason - Slack's own word for it, for example `channel_not_found`. */
  constructor(code: SlackFailureCode, message: string, reason?: string) {
    super(message, { code, hint: HINTS[code], ...(reason === undefined ? {} : { fields: { reason } }) });
  }
}
