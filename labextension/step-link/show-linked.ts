// Shows the step that the address of a page names, once its notebook is open and stands still.
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import { stepOfFragment } from '../../contract/notebook/step-link.js';
import { isInView, revealCell } from '../page/cell/reveal-cell.js';

/** For how long a page is looked after that was opened by a link. */
const LOOK_EVERY_MS = 250;
const SETTLING_LOOKS = 20;

/** Shows the cell that the address names once the notebook of the address is open. */
export function showLinked(
  app: JupyterFrontEnd,
  tracker: INotebookTracker,
  address: string,
  fragment: string
): void {
  const cell = stepOfFragment(fragment);
  if (cell === null) {
    return;
  }
  const show = async (_tracker: INotebookTracker, panel: NotebookPanel): Promise<void> => {
    if (address.endsWith(`/${panel.context.path}`)) {
      tracker.widgetAdded.disconnect(show);
      await Promise.all([panel.context.ready, panel.revealed, app.restored]);
      await revealWhileSettling(app, panel, cell);
    }
  };
  tracker.widgetAdded.connect(show);
  tracker.forEach(panel => void show(tracker, panel));
}

/** JupyterLab scrolls a notebook that it has just opened to its top, once and again. The cell is shown until that is over, or the person acts. */
async function revealWhileSettling(app: JupyterFrontEnd, panel: NotebookPanel, cell: string): Promise<void> {
  let isTouched = false;
  const acts = ['pointerdown', 'wheel', 'keydown'] as const;
  const touch = (): void => {
    isTouched = true;
  };
  acts.forEach(act => panel.node.addEventListener(act, touch, { once: true }));
  await revealCell(app, panel, cell);
  for (let look = 0; look < SETTLING_LOOKS && !isTouched && !panel.isDisposed; look++) {
    await new Promise(resolve => window.setTimeout(resolve, LOOK_EVERY_MS));
    if (!isTouched && !panel.isDisposed && !isInView(panel.content, cell)) {
      await revealCell(app, panel, cell);
    }
  }
  acts.forEach(act => panel.node.removeEventListener(act, touch));
}
