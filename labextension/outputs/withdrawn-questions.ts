// The fields of questions that were answered in another place or need no answer any more: they are closed, and JupyterLab runs cells
// again. By itself it waits for every field, also for one whose question the kernel has withdrawn.
import type { CodeCell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { Panel, type Widget } from '@lumino/widgets';
import type { IRunModel } from '../tokens.js';

/** What JupyterLab's `Stdin` keeps of its question; it is not in the interface. */
interface QuestionField extends Widget {
  readonly _parentHeader?: { readonly msg_id?: string };
}

export class WithdrawnQuestions {
  constructor(
    private readonly panel: NotebookPanel,
    private readonly run: IRunModel
  ) {
    run.changed.connect(this.refresh, this);
  }

  dispose(): void {
    this.run.changed.disconnect(this.refresh, this);
  }

  private closed: string | null = null;

  private refresh(): void {
    const { withdrawnQuestion } = this.run.session;
    if (withdrawnQuestion !== null && withdrawnQuestion !== this.closed && !this.panel.isDisposed) {
      this.closed = withdrawnQuestion;
      this.close(withdrawnQuestion);
    }
  }

  private close(question: string): void {
    const rows = this.panel.content.widgets.flatMap(cell =>
      cell.model.type === 'code' ? rowsOf(cell as CodeCell) : []
    );
    const over = rows.filter(row => isAbout(row, question));
    const hadFocus = over.some(row => row.node.contains(document.activeElement));
    over.forEach(row => row.dispose());
    if (over.length > 0 && over.length === rows.length) {
      this.panel.sessionContext.session?.kernel?.removeInputGuard();
    }
    if (hadFocus) {
      this.panel.content.activate();
    }
  }
}

/** The output rows of a cell that hold an open field. One that was answered stays for half a second, so that it keeps the focus. */
function rowsOf({ outputArea }: CodeCell): Widget[] {
  return outputArea.widgets.filter(
    row => row.hasClass('jp-OutputArea-stdin-item') && !row.hasClass('jp-OutputArea-stdin-hiding')
  );
}

function isAbout(row: Widget, question: string): boolean {
  return (
    row instanceof Panel &&
    row.widgets.some(field => (field as QuestionField)._parentHeader?.msg_id === question)
  );
}
