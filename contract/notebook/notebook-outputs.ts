// A notebook's outputs (nbformat 4.5) from recorded ones, by the rules by which JupyterLab shows messages: texts of one stream that
// follow each other are one output, an update changes the display it names, a clear empties.
import type { JsonObject, MimeBundle } from '../base/json.js';
import type { RecordedOutput } from './output.js';

/** One output of a code cell in a notebook file. */
export type NotebookOutput =
  | { readonly output_type: 'stream'; readonly name: 'stdout' | 'stderr'; readonly text: string }
  | { readonly output_type: 'display_data'; readonly data: MimeBundle; readonly metadata: JsonObject }
  | {
      readonly output_type: 'execute_result';
      readonly data: MimeBundle;
      readonly metadata: JsonObject;
      readonly execution_count: number;
    }
  | {
      readonly output_type: 'error';
      readonly ename: string;
      readonly evalue: string;
      readonly traceback: readonly string[];
    };

/**
 * Collects recorded outputs into the outputs of a notebook cell.
 *
 * @example
 * const outputs = new NotebookOutputs();
 * outputs.add({ kind: 'stream', name: 'stdout', text: 'a\n' });
 * outputs.add({ kind: 'stream', name: 'stdout', text: 'b\n' });
 * outputs.list // [{ output_type: 'stream', name: 'stdout', text: 'a\nb\n' }]
 */
export class NotebookOutputs {
  #list: NotebookOutput[] = [];
  #places = new Map<string, number[]>();
  #clearsNext = false;

  /** What the cell shows now, oldest first. */
  get list(): readonly NotebookOutput[] {
    return this.#list;
  }

  /** Takes one more output. An update of a display that is not here changes nothing. */
  add(output: RecordedOutput): void {
    if (output.kind === 'clear') {
      this.#clear(output.wait);
      return;
    }
    if (output.kind === 'update') {
      const { data, metadata } = output;
      for (const place of this.#places.get(output.displayId) ?? []) {
        this.#list[place] = { output_type: 'display_data', data, metadata };
      }
      return;
    }
    if (this.#clearsNext) {
      this.#clear(false);
    }
    const last = this.#list.at(-1);
    if (output.kind === 'stream' && last?.output_type === 'stream' && last.name === output.name) {
      this.#list[this.#list.length - 1] = { ...last, text: last.text + output.text };
      return;
    }
    if (output.kind === 'display' && output.displayId !== undefined) {
      const { displayId } = output;
      this.#places.set(displayId, [...(this.#places.get(displayId) ?? []), this.#list.length]);
    }
    this.#list.push(NOTEBOOK_FORM[output.kind](output as never));
  }

  #clear(waits: boolean): void {
    this.#clearsNext = waits;
    if (!waits) {
      this.#list = [];
      this.#places = new Map();
    }
  }
}

/** The outputs of a notebook cell that has shown `outputs`. */
export function notebookOutputsOf(outputs: Iterable<RecordedOutput>): readonly NotebookOutput[] {
  const collected = new NotebookOutputs();
  for (const output of outputs) {
    collected.add(output);
  }
  return collected.list;
}

type Shown = Exclude<RecordedOutput, { kind: 'update' | 'clear' }>;

const NOTEBOOK_FORM: {
  [K in Shown['kind']]: (output: Extract<Shown, { kind: K }>) => NotebookOutput;
} = {
  stream: ({ name, text }) => ({ output_type: 'stream', name, text }),
  display: ({ data, metadata }) => ({ output_type: 'display_data', data, metadata }),
  result: ({ data, metadata, executionCount }) => ({
    output_type: 'execute_result',
    data,
    metadata,
    execution_count: executionCount
  }),
  error: ({ ename, evalue, traceback }) => ({ output_type: 'error', ename, evalue, traceback })
};
