// The helper library with what connects it to a kernel, as one module, so that an executor reads it only when a cell first uses it.
export * as library from '../../../runbook/index.js';
export { connectHost } from '../../../record/modes/connect.js';
export { endBackground } from '../../../runbook/background/background.js';
export { forgetRollbacks } from '../../../runbook/rollback.js';
