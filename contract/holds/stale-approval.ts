// What people are told of an approval that has become stale: the reason, which is recorded with it, and what to do. Nowhere else.
import { changesSince, type ContentBinding } from './content-binding.js';

/** Shown under the reason. */
export const STALE_NOTE = 'What was approved has changed since. Run the step again to ask again.';

/** What became of the step that an approval stands on. */
export type StaleBecause = 'rerun' | 'rewound' | 'discarded' | 'rolled-back';

/**
 * The reason when its step, or one before it, counts no longer. `cause` is the reason that a person gave, or the checkpoint.
 *
 * @example
 * staleByStep('rewound', 'schema updated') // 'Back to “schema updated”.'
 */
export function staleByStep(because: StaleBecause, cause: string): string {
  return STEP_REASONS[because](cause);
}

const STEP_REASONS: { readonly [B in StaleBecause]: (cause: string) => string } = {
  rerun: () => 'A step before it was run again.',
  rewound: cause => `Back to “${cause}”.`,
  discarded: cause => `Its step is run again: ${cause}`,
  'rolled-back': cause => `Its step was rolled back: ${cause}`
};

/**
 * The reason when it was given for something else than there is now, or what proves it no longer holds; empty while it stands.
 *
 * @example
 * staleByFaults(['The step “Deploy payments” was edited.']) // 'The step “Deploy payments” was edited.'
 */
export function staleByFaults(faults: readonly string[]): string {
  return faults.join(' ');
}

/** The reason when its content is another one `now`; empty while it is the same. Old journals have approvals whose parts are unknown. */
export function staleByContent(bound: ContentBinding | undefined, now: ContentBinding): string {
  return staleByFaults(bound ? changesSince(bound, now) : ['It was recorded without its parts.']);
}
