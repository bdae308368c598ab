// Who drives, and what was asked and answered about the wheel.
import type { TellersOf } from './teller.js';

export const DRIVER_TELLERS: TellersOf<
  | 'driver-changed'
  | 'wheel-asked'
  | 'wheel-refused'
  | 'wheel-offered'
  | 'wheel-offer-ended'
  | 'environment-confirmed'
> = {
  'driver-changed': ({ by, how, reason, agreedBy }, { before }) => {
    const driver = before.driver?.person.name ?? 'nobody';
    const what = {
      first: 'began to drive',
      'handed-over': `took the wheel that ${agreedBy?.name ?? driver} handed over`,
      replaced: `took over from ${driver}, who gave no sign`
    }[how];
    return { by, what, reason, isDeviation: how === 'replaced' };
  },
  'wheel-asked': ({ by }, { before }) => ({
    by,
    what: `asked ${before.driver?.person.name ?? 'the driver'} for the wheel`
  }),
  'wheel-refused': ({ by, reason }, { before }) => ({
    by,
    what: `kept the wheel that ${before.wheel?.by.name ?? 'somebody'} had asked for`,
    reason
  }),
  'wheel-offered': ({ by, to }) => ({ by, what: `offered ${to.name} the wheel` }),
  'wheel-offer-ended': ({ by, how, reason }, { before }) => {
    const { offer } = before;
    return {
      by,
      what:
        how === 'declined'
          ? `declined the wheel that ${offer?.by.name ?? 'the driver'} had offered`
          : `took back the offer of the wheel to ${offer?.to.name ?? 'somebody'}`,
      reason
    };
  },
  'environment-confirmed': ({ by, environment }) => ({
    by,
    what: `typed the name of ${environment} before the first step`
  })
};
