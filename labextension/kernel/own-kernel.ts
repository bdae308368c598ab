// A run works with its own kernel only. JupyterLab starts the server's default kernel when a cell is run before it has taken the name
// of the kernel from the notebook, and people can choose any kernel; whatever attaches, a foreign kernel gets no cell of a run, and our
// own gets each with the id of its run, so that a kernel that does not know this run refuses it.
import type { ISessionContext } from '@jupyterlab/apputils';
import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { INotebookModel } from '@jupyterlab/notebook';
import type { Kernel } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';
import { LaunchbookError } from '../../contract/base/error.js';
import { withRun } from '../../contract/comms/request-run.js';
import { isOurs, KERNEL_NAME, waitMs } from './our-kernel.js';

/** A kernel that has not said what it is by then counts as a foreign one. */
const INFO_PATIENCE_MS = 3000;
const LANGUAGE = 'typescript';

/** Names the kernel of the notebook as soon as it is read; until then JupyterLab starts the server's default one. */
export function preferKernelOf(
  { model, sessionContext }: Pick<DocumentRegistry.IContext<INotebookModel>, 'model' | 'sessionContext'>,
  isRun: boolean
): void {
  const name = model.defaultKernelName || (isRun ? KERNEL_NAME : '');
  if (name !== '') {
    const { defaultKernelLanguage: language } = model;
    sessionContext.kernelPreference = { ...sessionContext.kernelPreference, name, language };
  }
}

/** The name of the kernelspec that a run has to be opened with: that of its notebook, unless that is of another language. */
export function ownKernelName({
  kernelPreference: { name },
  specsManager: { specs }
}: ISessionContext): string {
  return name && specs?.kernelspecs[name]?.language === LANGUAGE ? name : KERNEL_NAME;
}

/** What the attached kernel is called when it is not ours; null for our own, and while none is attached. */
export async function foreignKernelOf(sessionContext: ISessionContext): Promise<string | null> {
  const kernel = sessionContext.session?.kernel;
  return !kernel || (await isSurelyOurs(kernel)) ? null : sessionContext.kernelDisplayName;
}

/** Lets no cell of a run reach a foreign kernel, whatever command or extension runs it. */
export class OwnKernelOnly {
  constructor(
    private readonly sessionContext: ISessionContext,
    private readonly port: { isRun(): boolean; runOfDocument(): string | null; changed(): void }
  ) {
    sessionContext.kernelChanged.connect(this.check, this);
    this.check();
  }

  /** What the attached kernel is called when it may not have the cells of this run. */
  foreign: string | null = null;

  /** The notebook was read, or another kernel is attached. */
  check(): void {
    const kernel = this.sessionContext.session?.kernel;
    if (!kernel || !this.port.isRun()) {
      this.tell(null);
    } else if (kernel.name === KERNEL_NAME) {
      this.open(kernel);
      this.tell(null);
    } else {
      close(kernel, this.sessionContext.kernelDisplayName);
      void this.identify(kernel);
    }
  }

  dispose(): void {
    this.isDisposed = true;
    Signal.clearData(this);
  }

  private isDisposed = false;

  private async identify(kernel: Kernel.IKernelConnection): Promise<void> {
    const isOwn = await isSurelyOurs(kernel);
    if (!this.isDisposed && this.sessionContext.session?.kernel === kernel) {
      if (isOwn) {
        this.open(kernel);
      }
      this.tell(isOwn ? null : this.sessionContext.kernelDisplayName);
    }
  }

  private open(kernel: Kernel.IKernelConnection): void {
    open(kernel, () => this.port.runOfDocument());
  }

  private tell(foreign: string | null): void {
    if (this.foreign !== foreign) {
      this.foreign = foreign;
      this.port.changed();
    }
  }
}

async function isSurelyOurs(kernel: Kernel.IKernelConnection): Promise<boolean> {
  return Promise.race([isOurs(kernel).catch(() => false), waitMs(INFO_PATIENCE_MS).then(() => false)]);
}

// Trick: the connection belongs to this notebook alone, so a method of its own in front of that of the class stops every way to run a
// cell, or marks what goes to our kernel.
function close(kernel: Kernel.IKernelConnection, name: string): void {
  const refuse = (): never => {
    throw new LaunchbookError(`The kernel of this run is ${name}, so nothing was run`, {
      code: 'run.foreign_kernel',
      hint: 'Choose the kernel Launchbook for this notebook, then run the cell again.'
    });
  };
  Object.defineProperty(kernel, 'requestExecute', { value: refuse, configurable: true });
}

function open(kernel: Kernel.IKernelConnection, runOfDocument: () => string | null): void {
  delete (kernel as { requestExecute?: unknown }).requestExecute;
  const send = kernel.requestExecute.bind(kernel);
  const mark: typeof send = (content, disposeOnDone, metadata) =>
    send(content, disposeOnDone, withRun(metadata, runOfDocument()));
  Object.defineProperty(kernel, 'requestExecute', { value: mark, configurable: true });
}
