// The comm `launchbook.outputs` between the kernel and a front end: what cells have shown while the front end was not there, from
// the journal, and from then on what they show. A front end asks only for the attempts that its document does not have.
import type { OutputSpan } from '../notebook/output.js';

/** Target name of the comm. Data of `comm_open` is ignored. */
export const OUTPUTS_COMM = 'launchbook.outputs';

/** The kernel forgets a comm that has said nothing for so long: pages are closed without a message. In milliseconds. */
export const OUTPUTS_COMM_PATIENCE_MS = 90_000;

/** An attempt whose outputs are asked for, from the one with this 0-based number on. */
export interface WantedOutputs {
  readonly step: string;
  readonly attempt: number;
  readonly from: number;
}

/**
 * Front end to kernel. `follow`: send the outputs of these attempts, and all further ones, without a gap or a duplicate.
 * `here`: the front end still lives.
 */
export type OutputsRequest =
  { readonly type: 'follow'; readonly wanted: readonly WantedOutputs[] } | { readonly type: 'here' };

/** Kernel to front end. Each wanted attempt has at least one span, which is empty when nothing is recorded. */
export interface OutputsAnswer {
  readonly type: 'outputs';
  readonly spans: readonly OutputSpan[];
}

/** True for a well-formed request. */
export function isOutputsRequest(value: unknown): value is OutputsRequest {
  const { type, wanted } = (value ?? {}) as { readonly type?: unknown; readonly wanted?: unknown };
  return type === 'here' || (type === 'follow' && Array.isArray(wanted) && wanted.every(isWanted));
}

function isWanted(value: unknown): boolean {
  const wanted = value as Partial<WantedOutputs> | null;
  return (
    typeof wanted === 'object' &&
    wanted !== null &&
    typeof wanted.step === 'string' &&
    Number.isInteger(wanted.attempt) &&
    Number.isInteger(wanted.from)
  );
}
