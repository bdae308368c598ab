// Names of the commands by which a person goes on after a loss, or around a step.

/** Shows what a resume would do, asks what has to be said, and resumes. */
export const RESUME = 'launchbook:resume-run';
/** Gives lost variables up: steps are run again. Argument `cell`: the first of them. */
export const DISCARD = 'launchbook:discard-variables';
/** Leaves a step out, with a reason. Argument `cell`. */
export const SKIP = 'launchbook:skip-step';
/** Undoes a step and what is behind it. Argument `cell`; an empty one means everything. */
export const ROLL_BACK = 'launchbook:roll-back';
/** Goes back to a checkpoint. Argument `checkpoint`. */
export const REWIND = 'launchbook:rewind-run';
