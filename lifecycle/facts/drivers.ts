// Who drove when.
import type { Person } from '../../contract/base/person.js';
import type { JournalRecord } from '../../contract/journal/journal.js';
import type { DriverState } from '../../contract/state/driver.js';

/** One person at the wheel. */
export interface DriverPeriod {
  readonly person: Person;
  /** ISO 8601 UTC. */
  readonly from: string;
  /** ISO 8601 UTC; null: to the end of the record. */
  readonly to: string | null;
  readonly how: DriverState['how'];
  /** Why the one before was replaced; empty otherwise. */
  readonly reason: string;
  /** Who handed over; null when nobody did. */
  readonly agreedBy: Person | null;
}

/** The periods in the order of time; none in a run that anybody may execute. */
export function driverPeriods(records: readonly JournalRecord[]): DriverPeriod[] {
  const changes = records.filter(record => record.kind === 'driver-changed');
  return changes.map(({ by, at, how, reason, agreedBy }, index) => ({
    person: by,
    from: at,
    to: changes[index + 1]?.at ?? null,
    how,
    reason,
    agreedBy: agreedBy ?? null
  }));
}
