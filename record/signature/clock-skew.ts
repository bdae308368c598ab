// How far the clocks of a signer and of the kernel may be apart.

/** Five minutes, in milliseconds. */
export const CLOCK_SKEW_MS = 300_000;
