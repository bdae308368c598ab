// What launchbook.yml asks of hold points, and what a cell may ask beyond it: the same words in both places.
import type { RecordedPolicy } from '../../contract/holds/policy.js';

export type { HoldPolicy } from '../../contract/holds/policy.js';

/** Everything that launchbook.yml says about people for one environment. `allowedSigners` is an absolute path. */
export type PeoplePolicy = RecordedPolicy;
