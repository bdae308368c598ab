// Why a cell ended without an end of its own: the executor process exited, crashed, was replaced, or never started.
import type { CellError } from '../../../contract/base/cell-error.js';
import { moreAbout } from '../../../contract/base/error.js';

/** What is known about the process that is gone. */
export type Death =
  | { readonly kind: 'start'; readonly error: unknown }
  /** It ended after the cell was admitted and before it began. */
  | { readonly kind: 'before' }
  | {
      readonly kind: 'end';
      /** The code given to `process.exit`, when that is how it ended. */
      readonly exitCall: number | null;
      readonly code: number | null;
      readonly signal: NodeJS.Signals | null;
      /** The last that arrived on stderr. */
      readonly stderrTail: string;
      readonly reason: 'exited' | 'died' | 'replaced' | 'killed';
      /** Why the operating system could not start it. */
      readonly spawnError: Error | null;
      /** Why its set-up failed. */
      readonly setupError: CellError | null;
      /** What was wrong with its reports, when that is why it was ended. */
      readonly broken: string | null;
    };

const AFTERWARDS = 'A new one has been started; the variables of earlier cells are lost.';
const HINT = 'Run the cells that set the variables again before you go on.';

/** The death as the running cell's error. */
export function describeDeath(death: Death): CellError {
  const hasSuccessor = death.kind === 'before' || (death.kind === 'end' && death.reason !== 'killed');
  const evalue = hasSuccessor ? `${explainDeath(death)} ${AFTERWARDS}` : explainDeath(death);
  const record = {
    name: 'ExecutorDied',
    code: 'executor.died',
    message: evalue,
    ...(hasSuccessor ? { hint: HINT } : {})
  };
  const hint = hasSuccessor ? [`Hint: ${HINT}`] : [];
  const traceback = [`ExecutorDied: ${evalue}`, ...hint, moreAbout(record.code)];
  return { ename: record.name, evalue, traceback, record };
}

/** One or two sentences. */
export function explainDeath(death: Death): string {
  if (death.kind === 'start') {
    return `The process that runs the cells could not be started: ${(death.error as Error).message}`;
  }
  if (death.kind === 'before') {
    return 'The process that runs the cells ended before this cell began; nothing of the cell has run.';
  }
  if (death.spawnError !== null) {
    return `The operating system refused: ${death.spawnError.message}.`;
  }
  if (death.setupError !== null) {
    return `Its set-up failed.\n${death.setupError.traceback.join('\n')}`;
  }
  if (death.broken !== null) {
    return `Something wrote to descriptor 3 of the process that runs the cells, which is its way to the kernel, so it was ended: ${death.broken}`;
  }
  if (death.reason === 'killed') {
    return 'The process that runs the cells was shut down.';
  }
  if (death.reason === 'replaced') {
    return 'The process that runs the cells did not stop within 5 s of the interrupt and was ended.';
  }
  if (death.exitCall !== null) {
    return `The process that runs the cells ended because process.exit(${death.exitCall}) was called.`;
  }
  if (death.stderrTail.includes('heap out of memory')) {
    return 'The process that runs the cells ran out of memory (JavaScript heap).';
  }
  const how = death.signal === null ? `with exit code ${String(death.code)}` : `by signal ${death.signal}`;
  const last = death.stderrTail.trim().split('\n').slice(-5).join('\n');
  return `The process that runs the cells ended unexpectedly ${how}.${last === '' ? '' : ` The last line on stderr was: ${last}.`}`;
}
