// The thread that launchbook.yml asks for: which runs have one, and what it is written and sent with.
import type { RunMode } from '../../contract/base/run.js';
import type { LoadedProfile } from '../../record/profile/load-profile.js';
import { addressesBelow } from '../notebook/step-addresses.js';
import { ThreadWriter } from './thread-writer.js';

/** What of launchbook.yml is about threads. */
export type ThreadProfile = Pick<LoadedProfile, 'slack' | 'toldModes' | 'slackIds' | 'lab' | 'file'>;

/** True when a run of this mode is told while it goes on: over a webhook, or in a channel that is named. */
export function isTold({ slack, toldModes }: ThreadProfile, mode: RunMode): boolean {
  return toldModes.includes(mode) && (slack?.webhook ?? slack?.channel ?? null) !== null;
}

/** Writes the messages of the run with this notebook. */
export function writerFor(
  profile: ThreadProfile,
  notebook: string,
  mask: (text: string) => string
): ThreadWriter {
  return new ThreadWriter({
    mask,
    slackIds: profile.slackIds,
    addressOf: addressesBelow(profile, notebook)
  });
}
