// Errors that nobody caught, from promises nobody awaits and from callbacks, appear on stderr of the cell that caused them.
// While the cell runs they make it fail, and afterwards too. They do not end the process: the variables of a release are worth more than that.
import process from 'node:process';
import { currentCell } from './cell-scope.js';
import { toErrorRecord } from '../../../contract/base/error.js';
import type { ErrorPrinter } from './describe-error.js';
import type { HostLink } from './host-link.js';
import type { Reporter } from '../wire/reporter.js';

/** Reports unhandled rejections and uncaught errors from now on. */
export function reportLateErrors(
  reporter: Reporter,
  printer: ErrorPrinter,
  link: Pick<HostLink, 'tell'>
): void {
  const print = (title: string, thrown: unknown): void => {
    const cell = currentCell();
    if (cell !== null && !cell.hasEnded && !cell.isDetached) {
      cell.unheard.push(thrown);
    } else if (cell === null || cell.signal.reason !== thrown) {
      const { traceback } = printer.describe(thrown);
      reporter.text('stderr', cell?.key ?? null, `${title}\n${traceback.join('\n')}\n`);
      if (cell !== null && !cell.isDetached) {
        link.tell('step.fault', { ...toErrorRecord(thrown) }).catch(() => undefined);
      }
    }
  };
  process.on('unhandledRejection', reason => print('A promise that nobody awaits was rejected:', reason));
  process.on('uncaughtException', error =>
    print('An error was thrown in a callback, where no cell could catch it:', error)
  );
}
