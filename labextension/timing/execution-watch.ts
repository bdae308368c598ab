// Sees what this page executes, for kernels that keep no journal and for the time before the journal answers.
// Queue time comes from the page; start, end and outcome come from the kernel's own messages where they carry the cell's id,
// because JupyterLab says nothing about a cell that was moved, or whose kernel died, while it ran.
import type { Cell } from '@jupyterlab/cells';
import { NotebookActions, type INotebookModel, type Notebook } from '@jupyterlab/notebook';
import type { KernelError } from '@jupyterlab/notebook';
import type { Kernel, KernelMessage } from '@jupyterlab/services';
import { Signal, type ISignal } from '@lumino/signaling';
import type { WatchedExecution } from './cell-timing.js';
import { abandoned, begun, executed, isOver, replied, scheduled } from './execution-course.js';

/** What happened to a cell. `isOver` is true exactly once for each execution. */
export interface WatchChange {
  readonly notebook: Notebook;
  readonly cell: string;
  readonly isOver: boolean;
}

export interface WatchPort {
  now(): string;
  user(): string;
  attemptsOf(notebook: Notebook, cell: string): number;
  /** False while no kernel is attached. */
  hasKernel(notebook: Notebook): boolean;
}

export class ExecutionWatch {
  constructor(private readonly port: WatchPort) {
    this.changedSignal = new Signal<this, WatchChange>(this);
    NotebookActions.executionScheduled.connect(this.onScheduled, this);
    NotebookActions.executed.connect(this.onExecuted, this);
  }

  get changed(): ISignal<this, WatchChange> {
    return this.changedSignal;
  }

  /** The last execution of a cell in this page. */
  executionOf(model: INotebookModel | null, cell: string): WatchedExecution | undefined {
    return model ? this.executions.get(model)?.get(cell) : undefined;
  }

  /** Listens to the kernel of a notebook. */
  attach(notebook: Notebook, kernel: Kernel.IKernelConnection): void {
    if (this.kernels.get(notebook) !== kernel) {
      this.kernels.set(notebook, kernel);
      const requests = new Map<string, string>();
      kernel.anyMessage.connect((_kernel, { msg, direction }) =>
        this.onMessage(notebook, requests, msg, direction)
      );
    }
  }

  /** The kernel is gone: what ran has no known end, and what waited will not run. */
  abandon(notebook: Notebook): void {
    const cells = notebook.model ? this.executions.get(notebook.model) : undefined;
    for (const [cell, before] of cells ?? []) {
      this.set(notebook, cell, abandoned(before, this.port.now()));
    }
  }

  private readonly changedSignal: Signal<this, WatchChange>;
  private readonly executions = new WeakMap<INotebookModel, Map<string, WatchedExecution>>();
  private readonly kernels = new WeakMap<Notebook, Kernel.IKernelConnection>();

  private onScheduled(
    _sender: unknown,
    { notebook, cell }: { readonly notebook: Notebook; readonly cell: Cell }
  ): void {
    // JupyterLab sends no empty cell to a kernel, and calls it a success.
    if (cell.model.type === 'code' && cell.model.sharedModel.getSource().trim() !== '') {
      const { id } = cell.model;
      const before = this.port.attemptsOf(notebook, id);
      const isSent = this.port.hasKernel(notebook);
      this.set(notebook, id, scheduled(this.port.now(), this.port.user(), before, isSent));
    }
  }

  /** The end as JupyterLab tells it: of cells that never reached the kernel, and of those that a server executes. */
  private onExecuted(
    _sender: unknown,
    args: {
      readonly notebook: Notebook;
      readonly cell: Cell;
      readonly success: boolean;
      readonly error?: KernelError | null;
    }
  ): void {
    const { notebook, cell, success, error } = args;
    const before = this.executionOf(notebook.model, cell.model.id);
    if (cell.model.type === 'code' && before) {
      const told = { success, errorName: error?.errorName };
      this.set(notebook, cell.model.id, executed(before, told, this.port.now()));
    }
  }

  private onMessage(
    notebook: Notebook,
    requests: Map<string, string>,
    message: KernelMessage.IMessage,
    direction: 'send' | 'recv'
  ): void {
    const type = message.header.msg_type;
    if (direction === 'send') {
      const cell = type === 'execute_request' ? message.metadata['cellId'] : undefined;
      if (typeof cell === 'string') {
        requests.set(message.header.msg_id, cell);
      }
      return;
    }
    if (type !== 'execute_input' && type !== 'execute_reply') {
      return;
    }
    const request = (message.parent_header as { msg_id?: string }).msg_id ?? '';
    const cell = requests.get(request);
    const before = cell === undefined ? undefined : this.executionOf(notebook.model, cell);
    if (cell === undefined || !before) {
      return;
    }
    const { date } = message.header;
    if (type === 'execute_input') {
      this.set(notebook, cell, begun(before, date, this.port.now()));
      return;
    }
    requests.delete(request);
    const { status, ename: errorName } = message.content as { status?: string; ename?: string };
    const { started, refused } = message.metadata;
    const reply = { status, errorName, started, refused, date };
    this.set(notebook, cell, replied(before, reply, this.port.now()));
  }

  /** Tells of a change only: an execution ends once. */
  private set(notebook: Notebook, cell: string, execution: WatchedExecution): void {
    const { model } = notebook;
    if (!model) {
      return;
    }
    const cells = this.executions.get(model) ?? new Map<string, WatchedExecution>();
    if (cells.get(cell) !== execution) {
      cells.set(cell, execution);
      this.executions.set(model, cells);
      this.changedSignal.emit({ notebook, cell, isOver: isOver(execution) });
    }
  }
}
