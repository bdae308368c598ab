// Steps that begin although steps before them are open.
import type { Person } from '../base/person.js';

/** A person lets the next attempt of a step begin out of order. */
export interface OrderWaiver {
  /** Ids of the steps that were open, in the order of the notebook. */
  readonly open: readonly string[];
  readonly by: Person;
  readonly reason: string;
}

/** How an attempt began out of order. */
export interface OutOfOrder {
  /** Ids of the steps before it that were open when it began, in the order of the notebook. */
  readonly open: readonly string[];
  /** Who let it begin, and why. Absent: the order is only noted here, so nobody was asked. */
  readonly waived?: { readonly by: Person; readonly reason: string };
}
