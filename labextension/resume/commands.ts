// Names of the commands by which a person goes on after a loss, or around a step.

/** Shows what a resume would do, asks what has to be said, and resumes. */
export const RESUME = 'launchbook:resume-run';
/** Gives lost variables up: steps are run again. Argument `cell`: the first of them. */
export const DISCARD = 'launchbook:discard-variables';
/** Lets a failed step go on where it ended. Argument `cell`. */
export const CONTINUE = 'launchbook:continue-step';
/** Runs a step; added by the phases panel. Argument `cell`. */
export const RUN_STEP = 'launchbook:run-step';
/** Leaves a step out, with a reason. Argument `cell`. */
export const SKIP = 'launchbook:skip-step';
/** Undoes a step and what is behind it, or what was done since a checkpoint. Argument `cell`; an empty one means everything. Or `checkpoint`. */
export const ROLL_BACK = 'launchbook:roll-back';
