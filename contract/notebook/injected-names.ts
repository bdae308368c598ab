// The names that every cell sees without an import. One list: the executor injects them, the language server declares them.
// All of them, and everything else of the library, can be imported from "launchbook" too.

/** Injected into every cell. */
export const INJECTED_NAMES = [
  '$',
  'http',
  'splunk',
  'checkpoint',
  'approval',
  'checklist',
  'assign',
  'gather',
  'rollback',
  'scatter',
  'slack',
  'environment',
  'display',
  'record',
  'note',
  'secret',
  'poll',
  'soak',
  'background',
  'guard'
] as const;
