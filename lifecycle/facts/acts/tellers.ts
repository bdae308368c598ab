// How each kind of record is told: the table is total, so a new kind cannot be forgotten.
import type { RecordKind } from '../../../contract/journal/journal.js';
import { DRIVER_TELLERS } from './tell-drivers.js';
import { EFFECT_TELLERS } from './tell-effects.js';
import { HOLD_TELLERS, TASK_TELLERS } from './tell-holds.js';
import { PHASE_TELLERS } from './tell-phases.js';
import { ROLLBACK_TELLERS } from './tell-rollbacks.js';
import { STEP_TELLERS } from './tell-steps.js';
import { WAY_ON_TELLERS } from './tell-ways-on.js';
import type { TellersOf } from './teller.js';

export const TELLERS: TellersOf<RecordKind> = {
  ...WAY_ON_TELLERS,
  ...STEP_TELLERS,
  ...EFFECT_TELLERS,
  ...HOLD_TELLERS,
  ...TASK_TELLERS,
  ...DRIVER_TELLERS,
  ...ROLLBACK_TELLERS,
  ...PHASE_TELLERS
};
