// What the undo steps of a rollback have printed, as one text: the steps in the order in which they run, each under its name.
import { NotebookOutputs, type NotebookOutput } from '../../../contract/notebook/notebook-outputs.js';
import { undoStepOf } from '../../../contract/notebook/outline.js';
import type { OutputSpan, RecordedOutput } from '../../../contract/notebook/output.js';
import type { WantedOutputs } from '../../../contract/comms/outputs-comm.js';
import type { RunState, UndoingState } from '../../../contract/state/state.js';

/** Of more lines only the last are shown; the journal has all. */
const MOST_LINES = 200;
/** Colours and movements of the cursor, which a terminal would follow (ECMA-48, control sequences). */
const CONTROL_SEQUENCES = /\u001b\[[0-?]*[ -/]*[@-~]/g;

interface Printed {
  readonly outputs: NotebookOutputs;
  readonly attempt: number;
  upTo: number;
}

export class UndoText {
  /** The attempts of these undo steps that are not followed yet; from now on they count as followed. */
  follow(state: RunState, undoing: UndoingState): readonly WantedOutputs[] {
    return undoing.rollbacks.flatMap(id => {
      const step = undoStepOf(id);
      const last = state.steps[step]?.attempts.at(-1);
      const isNew = last !== undefined && this.printed.get(step)?.attempt !== last.attempt;
      if (!isNew || last.startedAt < undoing.at) {
        return [];
      }
      this.printed.set(step, { outputs: new NotebookOutputs(), attempt: last.attempt, upTo: 0 });
      return [{ step, attempt: last.attempt, from: 0 }];
    });
  }

  /** Takes what has come. A span that does not join what is here is left alone. */
  receive(spans: readonly OutputSpan[]): void {
    for (const { step, attempt, from, upTo, outputs } of spans) {
      const printed = this.printed.get(step);
      if (printed?.attempt === attempt && printed.upTo === from) {
        outputs.filter(isLasting).forEach(output => printed.outputs.add(output));
        printed.upTo = upTo;
      }
    }
  }

  /** Nothing is followed any more: the kernel or the connection is a new one. */
  restart(): void {
    this.printed.clear();
  }

  /** Null while nothing was printed. */
  textOf(state: RunState, { rollbacks }: UndoingState): string | null {
    const lines = rollbacks.flatMap(id => {
      const text = this.printed.get(undoStepOf(id))?.outputs.list.map(plainText).join('') ?? '';
      const name = state.rollbacks.find(rollback => rollback.id === id)?.name ?? id;
      return text === '' ? [] : [`── ${name}`, ...text.replace(/\n$/, '').split('\n')];
    });
    return lines.length === 0 ? null : lines.slice(-MOST_LINES).join('\n');
  }

  /** By undo step. */
  private readonly printed = new Map<string, Printed>();
}

/** What is shown again and again, such as the plan of the rollback itself, is no line of a log. */
function isLasting(output: RecordedOutput): boolean {
  return output.kind !== 'update' && !(output.kind === 'display' && output.displayId !== undefined);
}

function plainText(output: NotebookOutput): string {
  return PLAIN[output.output_type](output as never).replace(CONTROL_SEQUENCES, '');
}

const PLAIN: {
  [K in NotebookOutput['output_type']]: (output: Extract<NotebookOutput, { output_type: K }>) => string;
} = {
  stream: ({ text }) => text,
  display_data: ({ data }) => shownText(data['text/plain']),
  execute_result: ({ data }) => shownText(data['text/plain']),
  error: ({ traceback }) => shownText(traceback.join('\n'))
};

function shownText(text: unknown): string {
  return typeof text === 'string' && text !== '' ? `${text}\n` : '';
}
