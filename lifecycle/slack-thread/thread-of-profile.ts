// The thread that launchbook.yml asks for: which runs have one, and what it is written and sent with.
import { dirname, relative, resolve, sep } from 'node:path';
import type { RunMode } from '../../contract/base/run.js';
import { isCellStep } from '../../contract/notebook/outline.js';
import { stepAddress } from '../../contract/notebook/step-address.js';
import type { LoadedProfile } from '../../record/profile/load-profile.js';
import { ThreadWriter } from './thread-writer.js';

/** What of launchbook.yml is about threads. */
export type ThreadProfile = Pick<LoadedProfile, 'slack' | 'toldModes' | 'slackIds' | 'lab' | 'file'>;

/** True when a run of this mode is told while it goes on: over a webhook, or in a channel that is named. */
export function isTold({ slack, toldModes }: ThreadProfile, mode: RunMode): boolean {
  return toldModes.includes(mode) && (slack?.webhook ?? slack?.channel ?? null) !== null;
}

/** Writes the messages of the run with this notebook. */
export function writerFor(
  { slackIds, lab, file }: ThreadProfile,
  notebook: string,
  mask: (text: string) => string
): ThreadWriter {
  const below = file === null ? null : relative(dirname(file), resolve(notebook));
  const isBelow = below !== null && !below.startsWith('..');
  return new ThreadWriter({
    mask,
    slackIds,
    addressOf: step =>
      lab !== null && isBelow
        ? stepAddress(lab, below.split(sep).join('/'), step !== null && isCellStep(step) ? step : null)
        : null
  });
}
