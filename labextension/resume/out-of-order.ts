// The kernel has refused a step because steps before it are open: the person is asked for a reason, and the step runs with it.
import { NotebookActions, type KernelError, type Notebook, type NotebookPanel } from '@jupyterlab/notebook';
import type { Cell } from '@jupyterlab/cells';
import { Signal } from '@lumino/signaling';
import { askReason } from '../page/ask-reason.js';
import type { IRunModel } from '../tokens.js';
import type { Words } from '../page/words.js';
import { ask } from './ask-kernel.js';

export interface OutOfOrderParts {
  readonly panel: NotebookPanel;
  readonly run: IRunModel;
  readonly words: Words;
  runStep(cell: string): void;
}

/** Name of the kernel's refusal. */
const REFUSAL = 'StepOutOfOrderError';

export class OutOfOrder {
  constructor(private readonly parts: OutOfOrderParts) {
    NotebookActions.executed.connect(this.onExecuted, this);
  }

  dispose(): void {
    Signal.clearData(this);
  }

  private onExecuted(
    _sender: unknown,
    executed: { readonly notebook: Notebook; readonly cell: Cell; readonly error?: KernelError | null }
  ): void {
    const { notebook, cell, error } = executed;
    if (notebook === this.parts.panel.content && error?.errorName === REFUSAL) {
      void this.askFor(cell.model.id, error.errorValue);
    }
  }

  private async askFor(step: string, refusal: string): Promise<void> {
    const { run, words, runStep } = this.parts;
    const steps = run.outline.phases.flatMap(phase => phase.steps);
    const reason = await askReason({
      title: words.__('Run “%1” out of order?', steps.find(({ id }) => id === step)?.title ?? step),
      about: words.__('%1 Who runs it all the same and why is recorded.', refusal),
      accept: words.__('Run out of order'),
      words
    });
    if (reason !== null && (await ask(run, { type: 'run-out-of-order', step, reason }, words))) {
      runStep(step);
    }
  }
}
