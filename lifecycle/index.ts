// The life of a runbook, named: what the command and the extension call. Notebooks, git and journals; nothing of Jupyter.
export { newRun, type NewRun, type NewRunRequest } from './new/new-run.js';
export { resetRun, type ResetRequest, type ResetRun } from './reset/reset-run.js';
export { runStatus, type RunStatus } from './status/run-status.js';
export { describePhases, describeRun, outcomeOf, type RunOutcome } from './status/run-summary.js';
export { describeFaults, RefusedError, type Fault, type FieldWords } from './refused-error.js';
