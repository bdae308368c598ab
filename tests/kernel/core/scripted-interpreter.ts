// An interpreter whose language is six words, one a line, so that tests of the core say what a cell does.
//   print TEXT · warn TEXT · show TEXT · result TEXT · clear · fail NAME · ask PROMPT · wait (until released or interrupted)
import { LaunchbookError } from '../../../contract/base/error.js';
import type { JsonObject, MimeBundle } from '../../../contract/base/json.js';
import { cellErrorOf } from '../../../contract/base/cell-error.js';
import type {
  Cell,
  CellControl,
  CodeAnswers,
  Completeness,
  Completions,
  ExecuteOutcome,
  OutputSink,
  StdinPort
} from '../../../kernel/core/ports/ports.js';
import type { CellOutput } from '../../../contract/notebook/output.js';

export class ScriptedInterpreter implements CodeAnswers, CellControl {
  readonly executed: Cell[] = [];
  readonly shutdowns: boolean[] = [];
  private readonly waits: { resolve: () => void; reject: (error: Error) => void }[] = [];
  private arrivals: (() => void)[] = [];

  constructor(
    private readonly outputs: OutputSink,
    private readonly stdin: StdinPort
  ) {}

  async run(cell: Cell, userExpressions: JsonObject): Promise<ExecuteOutcome> {
    this.executed.push(cell);
    const startedAt = '2026-01-02T03:04:05.000Z';
    try {
      for (const line of cell.code.split('\n')) {
        await this.perform(cell.key, line.trim());
      }
      return { status: 'ok', startedAt, userExpressions };
    } catch (thrown) {
      return { status: 'error', startedAt, error: cellErrorOf(thrown) };
    }
  }

  async complete(code: string, offset: number): Promise<Completions> {
    const start = code.slice(0, offset).lastIndexOf(' ') + 1;
    return { start, end: offset, items: [{ text: 'print', type: 'keyword', signature: 'print TEXT' }] };
  }

  async inspect(code: string, offset: number): Promise<MimeBundle | null> {
    return code.startsWith('print') && offset < 5 ? { 'text/plain': 'print TEXT' } : null;
  }

  async isComplete(code: string): Promise<Completeness> {
    return code.endsWith('\\') ? { status: 'incomplete', indent: '  ' } : { status: 'complete' };
  }

  async interrupt(): Promise<void> {
    this.waits
      .splice(0)
      .forEach(wait => wait.reject(new LaunchbookError('Interrupted', { code: 'cell.interrupted' })));
  }

  async shutdown(isRestart: boolean): Promise<void> {
    this.shutdowns.push(isRestart);
    await this.interrupt();
  }

  /** Lets the waiting cell go on. */
  release(): void {
    this.waits.splice(0).forEach(wait => wait.resolve());
  }

  /** Resolves when a cell waits. */
  async whenWaiting(): Promise<void> {
    if (this.waits.length === 0) {
      await new Promise<void>(resolve => this.arrivals.push(resolve));
    }
  }

  private async perform(key: string, line: string): Promise<void> {
    const [, word = '', rest = ''] = /^(\S*) ?(.*)$/.exec(line) ?? [];
    const text = rest.replaceAll('\\n', '\n');
    const data = { 'text/plain': text };
    const outputs: { readonly [word: string]: CellOutput } = {
      print: { kind: 'stream', name: 'stdout', text },
      warn: { kind: 'stream', name: 'stderr', text },
      show: { kind: 'display', data, metadata: {}, displayId: text },
      update: { kind: 'update', data, metadata: {}, displayId: text },
      result: { kind: 'result', data, metadata: {} },
      clear: { kind: 'clear', wait: true }
    };
    const output = outputs[word];
    if (output) {
      this.outputs.publish(key, output);
    } else if (word === 'fail') {
      throw new LaunchbookError(text, { code: 'test.failed', hint: 'Fix it.' });
    } else if (word === 'ask') {
      this.outputs.publish(key, {
        kind: 'stream',
        name: 'stdout',
        text: await this.stdin.ask(key, text, false)
      });
    } else if (word === 'wait') {
      await this.wait();
    }
  }

  private async wait(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.waits.push({ resolve, reject });
      this.arrivals.splice(0).forEach(arrived => arrived());
    });
  }
}
