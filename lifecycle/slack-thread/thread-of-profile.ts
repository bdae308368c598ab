// What the messages of a run are written with, as launchbook.yml says.
import { addressesBelow } from '../notebook/step-addresses.js';
import type { ThreadProfile } from './is-told.js';
import { ThreadWriter } from './thread-writer.js';

/** Writes the messages of the run with this notebook. */
export function writerFor(
  profile: ThreadProfile,
  notebook: string,
  mask: (text: string) => string
): ThreadWriter {
  return new ThreadWriter({
    mask,
    slackIds: profile.slackIds,
    addressOf: addressesBelow(profile, notebook),
    pagesAt: profile.policy.decide?.origins[0] ?? null
  });
}
