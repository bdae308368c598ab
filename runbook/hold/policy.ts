// What launchbook.yml asks of hold points, and what a cell may ask beyond it: the same words in both places.
import type { IdentityGrade } from '../../contract/person.js';

/** Rules of a hold point. What is absent is not asked. */
export interface HoldPolicy {
  /** Usernames and groups who may decide; `*` is anybody. */
  readonly approvers?: readonly string[];
  /** How many different people must approve. */
  readonly required?: number;
  /** The weakest identity grade that counts. */
  readonly grade?: IdentityGrade;
  /** True: not the driver. */
  readonly fourEyes?: boolean;
  /** True: every decision needs a comment. */
  readonly comment?: boolean;
  /** True: one of each entry of `approvers` must approve, each a person of its own. */
  readonly everyone?: boolean;
  readonly timeoutMs?: number;
  readonly remindEveryMs?: number;
  readonly escalate?: { readonly to: readonly string[]; readonly afterMs: number };
}

/** Everything that launchbook.yml says about people for one environment. */
export interface PeoplePolicy {
  /** Usernames by group. */
  readonly groups: { readonly [group: string]: readonly string[] };
  readonly approvals: HoldPolicy;
  /** By the title of the phase; each comes before `approvals`. */
  readonly phases: { readonly [title: string]: HoldPolicy };
  /** Who may release against the policy; null stands for anybody. */
  readonly breakGlass: readonly string[] | null;
  /** After how many milliseconds without a sign the driver may be replaced. */
  readonly driverVanishedMs: number;
  /** Absolute path of the file that signatures are checked against, or null when the project has no launchbook.yml. */
  readonly allowedSigners: string | null;
}
