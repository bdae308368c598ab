// What an approval asks of people, as types: who may decide, how many, how sure we must be of them.
import type { IdentityGrade } from '../base/person.js';
import type { DecidePages, DecisionMeans } from '../signature/decision-means.js';

/** The rules that the kernel keeps: policy of the environment and phase, and what the cell asked beyond it. */
export interface ApprovalRules {
  /** How many different people must approve. With `everyone` the number of seats. */
  readonly required: number;
  /** The weakest identity grade that counts. */
  readonly grade: IdentityGrade;
  /** True: the driver's own decision does not count. */
  readonly fourEyes: boolean;
  /** How sure we must be of the driver, and of whoever decides, to tell that they are two people. Absent: their names are compared. */
  readonly driverGrade?: IdentityGrade;
  /** True: a decision without a comment is refused. A rejection always needs its reason. */
  readonly comment: boolean;
  /** True: every seat must be filled by a person of its own (go/no-go). False: `required` people of any seat. */
  readonly everyone: boolean;
  /** Who may decide; empty means anybody. */
  readonly seats: readonly ApproverSeat[];
  readonly form: readonly FormField[];
  /** Milliseconds between reminders, or null for none. */
  readonly remindEveryMs: number | null;
  readonly escalation: EscalationRule | null;
  /** Who may release without the approvals: null stands for anybody, an empty list for nobody. */
  readonly breakGlass: readonly ApproverSeat[] | null;
  /** With what a decision must be signed. Absent: nobody asks. */
  readonly means?: readonly DecisionMeans[];
  /** False: a passkey of which an account may keep copies does not count. Absent: it does. */
  readonly synced?: boolean;
  /** On which pages passkeys sign. Absent: on none, so that no passkey counts. */
  readonly decide?: DecidePages;
}
/** What one entry of `approvers` stands for. */
export interface ApproverSeat {
  /** The username or group as it was named. */
  readonly name: string;
  /** The usernames that it stands for; null stands for anybody. */
  readonly members: readonly string[] | null;
}
/** Who is asked too after silence. */
export interface EscalationRule {
  readonly seats: readonly ApproverSeat[];
  /** When, ISO 8601 UTC. */
  readonly at: string;
}
/** A field of the small form that a decision carries. */
export interface FormField {
  /** Key of the answer in `decision.values`. */
  readonly name: string;
  readonly label: string;
  readonly type: 'text' | 'number' | 'boolean' | 'choice';
  /** What may be chosen; empty for the other types. */
  readonly choices: readonly string[];
  /** An approval without an answer is refused. */
  readonly required: boolean;
}
