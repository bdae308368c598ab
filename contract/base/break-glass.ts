// The words of a release against the policy.
import type { Person } from './person.js';

/** A release without the approvals that the policy asks for. It turns the whole run amber. */
export interface BreakGlass {
  readonly by: Person;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly reason: string;
}
