// The whole contract, named. Front ends, kernel, helper library and command import from here or from the single files.
export * from './comm-guards.js';
export * from './comm.js';
export * from './error.js';
export * from './fallback.js';
export * from './format.js';
export * from './hold.js';
export * from './journal.js';
export * from './json.js';
export * from './mime.js';
export * from './notebook.js';
export * from './outline.js';
export * from './person.js';
export * from './phase-status.js';
export * from './reduce.js';
export * from './run.js';
export * from './state.js';
export * from './version.js';
