// Why something does not count, in words.

/** Why a signature does not count although ssh-keygen verifies it; `text` continues “the signature …”. */
export interface ProofFault {
  readonly code: string;
  readonly text: string;
}
