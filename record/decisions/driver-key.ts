// Whether the key of a decision is the driver's too, under whatever name: then nobody else has decided.
import { rulesOf } from '../../contract/holds/approval-rules.js';
import type { ApprovalState } from '../../contract/holds/hold.js';
import { isKeyOf } from '../policy/names-of-key.js';
import type { Fault } from './fault.js';

/**
 * Null unless four eyes are asked for, and `key` may sign as the driver.
 *
 * @param signers - The content of the allowed_signers file that counts; null when there is none.
 */
export function faultOfDriversKey(
  approval: Pick<ApprovalState, 'request'> | undefined,
  driver: { readonly username: string } | null,
  key: string,
  signers: Uint8Array | null
): Fault | null {
  // Versions that made no nonce compared names alone.
  const isAsked = approval?.request.nonce !== undefined && rulesOf(approval.request).fourEyes;
  return isAsked && driver && signers && isKeyOf(driver.username, Buffer.from(signers).toString('utf8'), key)
    ? {
        code: 'signature.of_driver',
        text: `the key ${key} that signed it is also one of ${driver.username}, who drives; somebody else has to decide`
      }
    : null;
}
