// What a person chose for one notebook or one cell, kept in its metadata: nothing is written there before somebody chooses.
import type { NoticeSettings } from './notice.js';

/** `always` notifies whenever a cell ends, `failures` only when it needs a person, `never` not at all. */
export type NotifyChoice = 'always' | 'failures' | 'never';

export const CHOICES: readonly NotifyChoice[] = ['always', 'failures', 'never'];

/** The choice in the value of our metadata key, or null: as the settings say. */
export function choiceOf(ours: unknown): NotifyChoice | null {
  const { notify } = (ours ?? {}) as { notify?: unknown };
  return CHOICES.find(choice => choice === notify) ?? null;
}

/** The value of our key with the choice; undefined when nothing is left and the key can go. */
export function withChoice(
  ours: unknown,
  choice: NotifyChoice | null
): { [key: string]: unknown } | undefined {
  const others = Object.entries(ours ?? {}).filter(([key]) => key !== 'notify');
  const values = choice === null ? others : [...others, ['notify', choice]];
  return values.length > 0 ? (Object.fromEntries(values) as { [key: string]: unknown }) : undefined;
}

/** The settings for a cell, changed by its own choice, or by that of the notebook when it has none. */
export function settingsFor<S extends NoticeSettings>(
  settings: S,
  notebook: NotifyChoice | null,
  cell: NotifyChoice | null
): S {
  const choice = cell ?? notebook;
  return choice === null ? settings : { ...settings, ...CHANGES[choice] };
}

const CHANGES: { readonly [choice in NotifyChoice]: Partial<NoticeSettings> } = {
  always: { waiting: true, failed: true, long: true, longerThanMs: 0 },
  failures: { long: false, phase: false, finished: false, stillRunning: false, unusual: false },
  never: {
    waiting: false,
    failed: false,
    long: false,
    phase: false,
    finished: false,
    stillRunning: false,
    unusual: false,
    kernelDied: false
  }
};
