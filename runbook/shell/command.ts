// A command as cells see it: something to await, to read from and to pipe on.
import type { ParsedJson } from '../parsed-json.js';
import type { ShellValue } from './parse-command.js';
import type { CommandResult } from './result.js';

/** A command that runs. Await it for its result, or end the line with what you need of its output. */
export interface Command extends PromiseLike<CommandResult> {
  /** Handles a failure, as that of any promise. */
  catch<B = never>(onFailed?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<CommandResult | B>;
  /** Calls a function at the end, however it comes, as that of any promise. */
  finally(onEnd?: (() => void) | null): Promise<CommandResult>;
  /**
   * Standard output as text, without its last line feed; it is not printed. At most 8,388,608 characters.
   * On resume the recorded output, of which 327,680 characters are kept.
   *
   * @throws {@link CommandFailedError} when the command does not end as expected.
   * @throws code `shell.too_much_output` when it was longer.
   * @example
   * await $`fleetctl logs orders`.pipe`grep -c ERROR`.text() // '3'
   */
  text(): Promise<string>;
  /**
   * Standard output line by line; an empty output has none. Limits and what happens on resume as of `text()`.
   *
   * @throws {@link CommandFailedError} when the command does not end as expected.
   * @throws code `shell.too_much_output` when it was longer.
   * @example
   * await $`fleetctl services`.lines() // ['orders', 'payments']
   */
  lines(): Promise<string[]>;
  /**
   * Standard output as JSON. Limits and what happens on resume as of `text()`.
   *
   * @throws {@link CommandFailedError} when the command does not end as expected.
   * @throws code `shell.not_json` when it printed something else, `shell.too_much_output` when it was longer.
   * @example
   * await $`fleetctl status --json`.json() // [{ service: 'orders', version: '2.4.0' }]
   */
  json<T = ParsedJson>(): Promise<T>;
  /**
   * Gives standard output to the next command, and fails when either does. The options timeout, retry and stdin belong to the
   * first command and hold for the whole pipe. The whole is one effect. Recorded: on resume it is not run again.
   *
   * @param next - A command that has not begun: one written on the same line.
   * @throws {@link UsageError} for a command that runs already, or options that have no effect after a pipe.
   * @example
   * await $`fleetctl logs orders`.pipe($({ expect: [0, 1] })`grep -c ERROR`).text() // '3'
   */
  pipe(next: Command): Command;
  /** The same, with the next command as a template. */
  pipe(template: TemplateStringsArray, ...values: readonly ShellValue[]): Command;
}
