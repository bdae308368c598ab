// Clicks in Slack for the questions of a board, from the start of the board to its end.
import { LaunchbookError } from '../../../contract/base/error.js';
import { RunGlances } from '../run-glances.js';
import type { Voucher } from '../voucher.js';
import { SlackApp, type SlackAppParts } from './slack-app.js';
import { SlackDecisions } from './slack-decisions.js';

/** What is needed beside the tokens of the app. */
export interface ListeningParts extends Pick<SlackAppParts, 'say' | 'url' | 'againMs'> {
  /** The notebooks of the runs that there are now. */
  readonly find: () => readonly string[];
  readonly voucher: Voucher;
}

/**
 * Begins to hear; null where the environment names no app. What is returned ends it.
 *
 * @throws LaunchbookError `decide.no_slack` when only one of the two tokens is set.
 */
export async function listenInSlack(
  { find, voucher, ...parts }: ListeningParts,
  environment: NodeJS.ProcessEnv
): Promise<{ readonly heard: Promise<void>; close(): Promise<void> } | null> {
  const { LAUNCHBOOK_SLACK_APP_TOKEN: appToken, LAUNCHBOOK_SLACK_BOT_TOKEN: botToken } = environment;
  if (!appToken && !botToken) {
    return null;
  }
  if (!appToken || !botToken) {
    throw new LaunchbookError(
      `Clicks in Slack need both tokens of the app, and ${appToken ? 'LAUNCHBOOK_SLACK_BOT_TOKEN' : 'LAUNCHBOOK_SLACK_APP_TOKEN'} is not set.`,
      { code: 'decide.no_slack', hint: 'The page “Slack” of the documentation says which scopes they need.' }
    );
  }
  const app = await SlackApp.make({ ...parts, appToken, botToken });
  const decisions = new SlackDecisions({ app, runs: new RunGlances(find), voucher, say: parts.say });
  return {
    heard: app.listen(interaction => decisions.hear(interaction)),
    close: () => app.close()
  };
}
