// What time does to a request that nobody has decided on: reminders, then the deputies, at last its expiry.
import { rulesOf } from '../../contract/holds/approval-rules.js';
import type { ApprovalRequest } from '../../contract/holds/hold.js';
import { setAlarm } from './alarm.js';

/** What happens at each of them. */
export interface ClockActs {
  remind(): void;
  escalate(): void;
  expire(): void;
}

/** Starts the clock of a request. Returns the way to stop it. */
export function startClock(request: ApprovalRequest, acts: ClockActs): () => void {
  const { remindEveryMs, escalation } = rulesOf(request);
  const now = Date.now();
  const stops = [
    ...(request.expiresAt === null ? [] : [setAlarm(Date.parse(request.expiresAt) - now, acts.expire)]),
    ...(escalation === null ? [] : [setAlarm(Date.parse(escalation.at) - now, acts.escalate)])
  ];
  let stopReminder = (): void => undefined;
  const remindAgain = (everyMs: number): void => {
    stopReminder = setAlarm(everyMs, () => {
      remindAgain(everyMs);
      acts.remind();
    });
  };
  if (remindEveryMs !== null && remindEveryMs > 0) {
    remindAgain(remindEveryMs);
  }
  return () => [...stops, stopReminder].forEach(stop => stop());
}
