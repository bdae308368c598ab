// Brings the outputs of one attempt into a cell: the first span replaces what an earlier attempt has left there, further ones only
// add, and what is there already is not touched, so that a document that misses nothing is not changed.
import type { ICodeCellModel } from '@jupyterlab/cells';
import type { IOutput } from '@jupyterlab/nbformat';
import { OutputAreaModel, type IOutputAreaModel } from '@jupyterlab/outputarea';
import { JSONExt } from '@lumino/coreutils';
import { NotebookOutputs, type NotebookOutput } from '../../contract/notebook/notebook-outputs.js';
import type { OutputSpan } from '../../contract/notebook/output.js';
import type { ShownOutputs } from './missing-outputs.js';

export class ShownAttempt implements ShownOutputs {
  constructor(
    private readonly cell: ICodeCellModel,
    readonly attempt: number
  ) {}

  /** Number of recorded outputs that are shown. */
  get upTo(): number {
    return this.count;
  }

  /** Shows a span. A span that does not follow directly on what is shown is ignored. */
  show(span: OutputSpan): void {
    if (span.from !== this.count) {
      return;
    }
    const isFirst = !this.hasBegun;
    this.hasBegun = true;
    this.count = span.upTo;
    span.outputs.forEach(output => this.collected.add(output));
    const before = this.applied;
    this.applied = [...this.collected.list];
    if (isFirst) {
      replaceOutputs(this.cell.outputs, this.applied);
    } else {
      changeOutputs(this.cell.outputs, before, this.applied);
    }
  }

  private readonly collected = new NotebookOutputs();
  private applied: readonly NotebookOutput[] = [];
  private count = 0;
  private hasBegun = false;
}

function replaceOutputs(model: IOutputAreaModel, outputs: readonly NotebookOutput[]): void {
  const asked = new OutputAreaModel({ values: outputs as unknown as IOutput[] });
  const isSame = JSONExt.deepEqual(asked.toJSON(), model.toJSON());
  asked.dispose();
  if (!isSame) {
    model.fromJSON(outputs as unknown as IOutput[]);
  }
}

/** Equal objects are the same outputs, so that only what has changed is touched. */
function changeOutputs(
  model: IOutputAreaModel,
  before: readonly NotebookOutput[],
  after: readonly NotebookOutput[]
): void {
  const kept = after.length < before.length ? 0 : before.length;
  if (kept === 0) {
    model.clear();
  }
  after.forEach((output, index) => {
    const known = index < kept ? before[index] : undefined;
    if (output !== known) {
      put(model, index, known, output);
    }
  });
}

function put(
  model: IOutputAreaModel,
  index: number,
  before: NotebookOutput | undefined,
  output: NotebookOutput
): void {
  const isLonger =
    before?.output_type === 'stream' &&
    output.output_type === 'stream' &&
    before.name === output.name &&
    output.text.startsWith(before.text) &&
    index === model.length - 1;
  if (isLonger) {
    // The model joins texts of one stream.
    model.add({ ...output, text: output.text.slice(before.text.length) });
  } else if (before === undefined) {
    model.add(output as unknown as IOutput);
  } else {
    model.set(index, output as unknown as IOutput);
  }
}
