// A token that somebody posted, of whatever kind: it is kept beside the run, where the kernel takes it, unless it would not count.
import { isLaunchbookError } from '../../contract/base/error.js';
import type { PostAnswer } from '../../contract/decide/decision-page.js';
import type { RunState } from '../../contract/state/state.js';
import type { Fault } from '../../record/decisions/fault.js';
import { faultOfClock } from '../../record/decisions/clock-back.js';
import { sha256 } from '../../record/hash.js';
import { keepToken } from '../approve/sign-decision.js';

/** What was found about a token. */
export interface JudgedToken {
  /** Id of its statement. */
  readonly id: string;
  /** The run has counted it already. */
  readonly isCounted: boolean;
  /** Why it would not count; null when nothing speaks against it. */
  readonly fault: Fault | null;
  /** How the run stands. */
  readonly state: RunState;
}

/** Keeps the token for the run at `path`, or says why not. Rejects when it is not known whether it would count. */
export async function takePosted(
  path: string,
  token: string,
  judge: () => Promise<JudgedToken>
): Promise<PostAnswer> {
  try {
    const { id, isCounted, fault, state } = await judge();
    const clockBack = isCounted ? null : faultOfClock(state);
    if (clockBack) {
      throw clockBack;
    }
    if (fault) {
      return { isTaken: false, code: fault.code, reason: sentenceOf(fault) };
    }
    if (!isCounted) {
      // One name for one token: brought twice it is one file.
      keepToken(path, token.trim(), sha256(token.trim()).slice(0, 16));
    }
    return { isTaken: true, id };
  } catch (error) {
    if (isLaunchbookError(error)) {
      return { isTaken: false, code: error.code, reason: error.message };
    }
    throw error; // something of this machine: the page sends it again
  }
}

function sentenceOf({ text }: Fault): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
