// What a person signs about an item of a checklist, or about a task: made by the page, read by kernel and `verify`.

import type { VouchedParts } from '../signature/vouched.js';

/** The statement. Bound to one list of one run, to the text that was shown, and to a time. */
export interface SignedAct extends VouchedParts {
  readonly version: 3;
  /** Random; a statement counts once. */
  readonly id: string;
  /** Id of the run, or null in a scratch notebook. */
  readonly run: string | null;
  /** Id of the checklist or task list, and its nonce. */
  readonly list: string;
  readonly nonce: string;
  /** Number of the item (0-based), or id of the task. */
  readonly item: string;
  /** The text of the item, or the title of the task, as it was shown. */
  readonly text: string;
  readonly action: ActAction;
  readonly comment: string;
  /** The signer as `allowed_signers` names them. */
  readonly by: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** The first two are of checklists, the others of tasks. */
export type ActAction = 'tick' | 'untick' | 'accept' | 'done' | 'reopen';

const ACTIONS: readonly ActAction[] = ['tick', 'untick', 'accept', 'done', 'reopen'];

/** True for a statement that has everything. */
export function isAct(value: unknown): value is SignedAct {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const { version, run, action, at, ...rest } = value as { readonly [field: string]: unknown };
  const isVouched = rest['voucher'] !== undefined || rest['login'] !== undefined;
  const names = ['id', 'list', 'nonce', 'item', 'text', 'comment', 'by'];
  const texts = [...names, ...(isVouched ? ['voucher', 'login'] : [])].map(field => rest[field]);
  return (
    version === 3 &&
    (run === null || typeof run === 'string') &&
    ACTIONS.includes(action as ActAction) &&
    texts.every(text => typeof text === 'string') &&
    typeof at === 'string' &&
    !Number.isNaN(Date.parse(at))
  );
}
