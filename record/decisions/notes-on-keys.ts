// What a person should know about the keys of signed decisions although it is no fault: a key that was named after the question had been
// asked, and a device whose counter did not grow. Neither refuses anything: commits can be late, and a counter proves nothing.
import { formatUtc } from '../../contract/base/format.js';
import { counterOf } from '../../contract/signature/decision-proof.js';
import { toBase64 } from '../../contract/signature/ssh-bytes.js';
import { readSshSignature } from '../../contract/signature/ssh-signature.js';
import { readToken } from '../signature/token.js';
import type { JudgedDecision } from './judged-records.js';
import type { AllowedSigners, CommittedSigners } from './signature-checks.js';

/** One sentence each; of a decision whose signature cannot be read nothing is said. */
export async function notesOnKeys(
  decisions: readonly JudgedDecision[],
  signers: AllowedSigners
): Promise<string[]> {
  // Archives of older versions may have been copied to other repositories together with their keys.
  const signed = decisions.filter(({ decision }) => decision.signature?.means !== undefined);
  // Newest first.
  const versions = signed.length === 0 ? [] : await signers.earlier();
  const counters = new Map<string, number>();
  const notes = signed.flatMap(judged => {
    try {
      return [...noteOnAge(judged, versions, signers.name), ...noteOnCounter(judged, counters)];
    } catch {
      return [];
    }
  });
  return [...new Set(notes)];
}

function noteOnAge(
  { decision, approval, askedAt }: JudgedDecision,
  versions: readonly CommittedSigners[],
  name: string
): string[] {
  const { signature, by } = decision;
  const key = toBase64(readSshSignature(readToken(signature!.token).signature).publicKey);
  const first = versions.findLast(({ content }) => content.includes(key));
  return first?.at === undefined || Date.parse(first.at) <= Date.parse(askedAt)
    ? []
    : [
        `The key ${signature!.key} of ${by.username} came into ${name} with commit ${first.commit.slice(0, 12)} at ${formatUtc(first.at)}, after “${approval?.name ?? '?'}” had been asked about: see who has reviewed it.`
      ];
}

function noteOnCounter({ decision }: JudgedDecision, counters: Map<string, number>): string[] {
  const { key, token } = decision.signature!;
  const counter = counterOf(readToken(token).signature);
  const before = counters.get(key) ?? 0;
  counters.set(key, Math.max(before, counter));
  return counter > 0 && before > 0 && counter <= before
    ? [
        `The device of the key ${key} of ${decision.by.username} has counted ${before} signatures and then ${counter}: it may be a copy. Ask ${decision.by.username}.`
      ]
    : [];
}
