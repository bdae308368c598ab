// What the command's exit codes mean. Scripts and pipelines build on them, so a number never changes its meaning.

/** One number for each way a command can end. */
export const EXIT = {
  /** It did what was asked; for a run: every phase passed. */
  passed: 0,
  /** It could not do what was asked; for a run: a step failed. */
  failed: 1,
  /** It was called wrongly; nothing was changed. */
  usage: 2,
  /** The run waits at a hold point, or has not come to its end yet. */
  held: 3,
  /** A person rejected at a hold point. */
  rejected: 4,
  /** An effect started and nobody can tell how it ended. */
  inconclusive: 5
} as const;

/** One of the numbers above. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
