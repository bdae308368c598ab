// What a decision page is made from, and what it is told afterwards. The server writes it, the page in the approver's browser reads it.
import type { Person } from '../base/person.js';
import type { ApprovalState, ChecklistState } from '../holds/hold.js';
import type { TaskListState } from '../holds/task-list.js';

/** One hold point as it is shown to whoever decides; plain data. */
export interface DecisionPageData {
  readonly version: 1;
  /** Id of the run, or null in a scratch notebook. */
  readonly run: string | null;
  /** Without the tokens of its decisions. */
  readonly approval: ApprovalState;
  /** Null when nobody drives. */
  readonly driver: Person | null;
  /** The addresses whose passkeys count, such as `https://launchbook.example.com`. */
  readonly origins: readonly string[];
  /** The name that passkeys are bound to. */
  readonly rpId: string;
  /** Those of `rpId`. */
  readonly passkeys: readonly ListedKey[];
  /** The time of whoever made it, ISO 8601 UTC. */
  readonly now: string;
  /** Who is logged in at JupyterHub, which counts here; null: nobody yet. Absent: a login decides nothing here. */
  readonly hub?: string | null;
}

/** What an enrolment page is made from. It tells nothing of any run or person. */
export interface EnrolmentPageData {
  readonly version: 1;
  readonly origins: readonly string[];
  readonly rpId: string;
  /** Name of the file that the line belongs into. */
  readonly signers: string;
}

/** A passkey that allowed_signers names, as far as a page needs it. */
export interface ListedKey {
  readonly names: readonly string[];
  /** Its id, in base64url. */
  readonly credential: string;
  /** As SSH writes it, in base64. */
  readonly publicKey: string;
  /** True: an account may keep copies of it. */
  readonly isSynced: boolean;
}

/** What has happened since. Everything of the approval but what is shown, which does not change. */
export interface DecisionNews {
  readonly approval: Omit<ApprovalState, 'request' | 'binding'>;
  /** What is no longer as it was shown, one sentence each; none when the question stands. */
  readonly changes: readonly string[];
  /** Where the question that was asked instead is answered, from the page; null when there is none. */
  readonly instead: string | null;
  /** Tokens that the kernel has refused, with its reason. */
  readonly refused: readonly { readonly id: string; readonly reason: string }[];
  /** Why nothing can be decided for now: the clock of whoever serves the page is behind the record. Null when it is not. */
  readonly clock: string | null;
}

/** A checklist or a task list as it is shown to whoever does something of it. */
export interface ListPageData {
  readonly version: 1;
  readonly run: string | null;
  readonly release: string | null;
  readonly environment: string | null;
  readonly list: ChecklistState | TaskListState;
  readonly origins: readonly string[];
  readonly rpId: string;
  readonly passkeys: readonly ListedKey[];
  readonly now: string;
  /** As in {@link DecisionPageData}. */
  readonly hub?: string | null;
}

/** How the list is now. */
export interface ListNews {
  readonly list: ChecklistState | TaskListState;
  readonly refused: DecisionNews['refused'];
  readonly clock: DecisionNews['clock'];
}

/** The answer to a token that was posted. */
export type PostAnswer =
  | { readonly isTaken: true; readonly id: string }
  /** Stable word and one sentence. */
  | { readonly isTaken: false; readonly code: string; readonly reason: string };

/** The code of a refusal that ends by itself: what was signed is sent again. */
export const CLOCK_BACK = 'run.clock_back';

/** The type of a post of a statement that the login vouches for; everything else that is posted is a token. */
export const VOUCHED_TYPE = 'application/json';

/** The longest token that is taken, in bytes. */
export const LONGEST_POST = 64 * 1024;
