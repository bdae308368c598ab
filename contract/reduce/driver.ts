// What the records of the driver and of the guard of production mean.
import type { RulesOf } from './draft.js';

type DriverKind =
  | 'driver-changed'
  | 'wheel-asked'
  | 'wheel-refused'
  | 'wheel-offered'
  | 'wheel-offer-ended'
  | 'environment-confirmed';

export const DRIVER_RULES: RulesOf<DriverKind> = {
  'driver-changed': (draft, { by, client, how, reason, at }) => {
    draft.driver = { person: by, client, since: at, how, reason };
    draft.wheel = null;
    draft.offer = null;
  },
  'wheel-asked': (draft, { wheel, by, client, at }) => {
    draft.wheel = { id: wheel, by, client, at };
  },
  'wheel-refused': (draft, { wheel }) => {
    if (draft.wheel?.id === wheel) {
      draft.wheel = null;
    }
  },
  'wheel-offered': (draft, { wheel, by, to, at }) => {
    draft.offer = { id: wheel, by, to, at };
  },
  'wheel-offer-ended': (draft, { wheel }) => {
    if (draft.offer?.id === wheel) {
      draft.offer = null;
    }
  },
  'environment-confirmed': (draft, { environment, by, at }) => {
    draft.guard = { environment, by, at };
  }
};
