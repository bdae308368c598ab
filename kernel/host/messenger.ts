// Tells people outside of the notebook over the environment's Slack channel, when launchbook.yml names one. A message that does not
// arrive is logged and holds nothing up: what counts is in the journal.
import type { RunInfo } from '../../contract/run.js';
import type { ResolvedProfile } from './profile.js';

/** A way to tell. Messages arrive in the order in which they were told. Nothing is told of dry runs and scratch notebooks. */
export function makeMessenger(
  profile: ResolvedProfile,
  run: RunInfo | null,
  log: (line: string) => void
): (text: string) => void {
  const slack = 'profile' in profile ? (profile.profile.slack ?? null) : null;
  if (slack === null || run === null || run.mode === 'dry-run') {
    return () => undefined;
  }
  let turn: Promise<unknown> = Promise.resolve();
  return text => {
    turn = turn
      .then(async () => {
        const { deliver } = await import('../../runbook/slack/deliver.js');
        const delivery = { text: `*${run.id}* ${text}`, channel: slack.channel, thread: null, edits: null };
        await deliver(slack, delivery, new AbortController().signal);
      })
      .catch((error: unknown) => log(`A message was not posted to Slack: ${String(error)}`));
  };
}
