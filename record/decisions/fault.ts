// What is found about a decision: the same words for the kernel that refuses it and the command that verifies it.

/** Why a decision, or the request it is about, does not count. */
export interface Fault {
  /** Stable dotted word, for example `signature.forged`. */
  readonly code: string;
  /** A clause without a full stop. */
  readonly text: string;
}

/** A fault with its place in the journal. */
export interface LineFault extends Fault {
  /** 1-based. */
  readonly line: number;
}
