// Tells people outside of the notebook over the environment's Slack channel, when launchbook.yml names one. A message that does not
// arrive is logged and holds nothing up: what counts is in the journal.
import { slackText } from '../../contract/base/escape.js';
import type { KnownRun } from './known-run.js';
import type { Profile } from './profile.js';

/** Where a fault is logged, and what hides secrets. */
interface MessengerParts {
  readonly log: (line: string) => void;
  readonly mask: (text: string) => string;
}

/** A way to tell. Messages arrive in the order in which they were told. Nothing is told of dry runs and scratch notebooks. */
export function makeMessenger(
  known: Pick<KnownRun, 'info'> & { readonly profile: Pick<Profile, 'slack'> },
  { log, mask }: MessengerParts
): (text: string) => void {
  let turn: Promise<unknown> = Promise.resolve();
  return text => {
    const { info: run, profile } = known;
    const { slack } = profile;
    if (!slack || run === null || run.mode === 'dry-run') {
      return;
    }
    turn = turn
      .then(async () => {
        const { deliver } = await import('../../runbook/slack/deliver.js');
        const delivery = {
          text: `*${slackText(run.id)}* ${slackText(mask(text))}`,
          channel: slack.channel,
          thread: null,
          edits: null
        };
        await deliver(slack, delivery, new AbortController().signal);
      })
      .catch((error: unknown) => log(`A message was not posted to Slack: ${String(error)}`));
  };
}
