// The life of a runbook, named: what the command and the extension call. Notebooks, git and journals; nothing of Jupyter.
export { archiveRun, type ArchivedRun, type ArchiveRequest } from './archive/archive-run.js';
export { initProject, type PreparedFile, type PreparedProject } from './init/init-project.js';
export { describeTemplate, type DescribedTemplate } from './new/describe-template.js';
export { newRun, type NewRun, type NewRunRequest } from './new/new-run.js';
export { resetRun, type ResetRequest, type ResetRun } from './reset/reset-run.js';
export { runStatus, type StatusRequest } from './status/run-status.js';
export { STATUS_FORMATS, type StatusFormat } from './status/format/formats.js';
export { summarizeRun, type RunSummary } from './status/summarize-run.js';
export { outcomeOf, type RunOutcome } from './status/run-outcome.js';
export { postStatus, type PostedStatus } from './status/post-status.js';
export { serveBoard, type Board, type BoardOptions } from './board/board-server.js';
export { describeFaults, RefusedError, type Fault, type FieldWords } from './refused-error.js';
export { verifyRun, type VerifiedRun } from './verify/verify-run.js';
export { lintFile, type LintedFile } from './lint/lint-file.js';
export { learnRun, type LearnedRun } from './learn/learn-run.js';
export { diffRuns, type RunDifference } from './diff/diff-runs.js';
export { runReport } from './report/run-report.js';
