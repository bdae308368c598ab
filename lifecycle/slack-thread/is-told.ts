// Which runs have a thread. Asked at every record, so it stands apart from what writes and posts.
import type { RunMode } from '../../contract/base/run.js';
import type { LoadedProfile } from '../../record/profile/load-profile.js';

/** What of launchbook.yml is about threads. */
export type ThreadProfile = Pick<
  LoadedProfile,
  'slack' | 'toldModes' | 'slackIds' | 'lab' | 'file' | 'policy'
>;

/** True when a run of this mode is told while it goes on: over a webhook, or in a channel that is named. */
export function isTold({ slack, toldModes }: ThreadProfile, mode: RunMode): boolean {
  return toldModes.includes(mode) && (slack?.webhook ?? slack?.channel ?? null) !== null;
}
