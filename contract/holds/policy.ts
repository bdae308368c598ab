// What launchbook.yml asks of hold points, as cells, journal and front ends speak of it: the same words everywhere.
import type { IdentityGrade, Person } from '../base/person.js';
import type { PolicyFile } from '../base/run.js';
import type { DecidePages, DecisionMeans } from '../signature/decision-means.js';
import type { RehearsalPolicy } from '../rehearsal/rehearsal-policy.js';

/** Rules of a hold point. What is absent is not asked. */
export interface HoldPolicy {
  /** Usernames and groups who may decide; `*` is anybody. */
  readonly approvers?: readonly string[];
  /** How many different people must approve. */
  readonly required?: number;
  /** The weakest identity that counts. */
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
  /** With what a decision must be signed; one that is not signed does not count then. */
  readonly means?: readonly DecisionMeans[];
  /** False: a passkey of which an account may keep copies does not count. */
  readonly synced?: boolean;
}

/**
 * What the kernel does with a step before which others are open.
 * - `kept`: it is refused, unless a person says why it runs out of order.
 * - `noted`: it runs, and the record says so.
 * - `free`: it runs.
 */
export type OrderRule = 'kept' | 'noted' | 'free';

/** The policy of one environment as the journal keeps it. */
export interface RecordedPolicy {
  /** Usernames by group. */
  readonly groups: { readonly [group: string]: readonly string[] };
  readonly approvals: HoldPolicy;
  /** By the title of the phase; each comes before `approvals`. */
  readonly phases: { readonly [title: string]: HoldPolicy };
  /** What must have been rehearsed. Absent in records that do not tell. */
  readonly rehearsal?: RehearsalPolicy;
  /** What holds for the order of steps. Absent in records that do not tell. */
  readonly order?: OrderRule;
  /** Who may release against the policy; null stands for anybody. */
  readonly breakGlass: readonly string[] | null;
  /** After how many milliseconds without a sign the driver may be replaced. */
  readonly driverVanishedMs: number;
  /** The file that signatures are checked against, or null when the project has no launchbook.yml. */
  readonly allowedSigners: string | null;
  /** Address of the only JupyterHub that may vouch for people; null: that of the kernel's environment. */
  readonly hub: string | null;
  /** On which pages passkeys sign decisions. Absent: on none. */
  readonly decide?: DecidePages;
}

/** launchbook.yml was read and asks for something else than before. */
export interface PolicyRead {
  readonly kind: 'policy-read';
  readonly policy: RecordedPolicy;
  /** SHA-256 (hex) over `policy`. */
  readonly hash: string;
  /** False: it asks for less than the policy that holds, which goes on to hold until the kernel is restarted. */
  readonly holds: boolean;
  /** To whom the kernel belongs that read it. */
  readonly by: Person;
  /** Where it was read. Absent: outside of git, or in records of earlier versions. */
  readonly file?: PolicyFile;
  /** The environment is one of production. Absent with `file`. */
  readonly isProduction?: boolean;
}

/** Which policy holds, and how it came about. */
export interface PolicyState {
  readonly policy: RecordedPolicy;
  readonly hash: string;
  /** ISO 8601 UTC. */
  readonly since: string;
  /** Where it was read. Absent: it is not known. */
  readonly file?: PolicyFile;
  /** Paths of files that no commit held as they were when they came to hold in production, oldest first. Absent: none. */
  readonly uncommitted?: readonly string[];
  /** What launchbook.yml says now and what does not hold before the kernel is restarted: what it would weaken. Null: nothing. */
  readonly heldBack: { readonly at: string; readonly weaker: readonly string[] } | null;
  /** Every change that came to hold during the run, oldest first; a sentence for each rule. */
  readonly changes: readonly {
    readonly at: string;
    readonly stricter: readonly string[];
    readonly weaker: readonly string[];
  }[];
}
