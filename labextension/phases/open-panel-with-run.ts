// Connects the decision to open the phases panel with JupyterLab: the layout, the current notebook, the settings, the memory.
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { IStateDB } from '@jupyterlab/statedb';
import { METADATA_KEY, runOf } from '../../contract/notebook.js';
import { OpenWithRun } from './open-with-run.js';
import type { PhasesPanel } from './phases-panel.js';

const ID = 'launchbook:phases';
const CLOSED = `${ID}:closed`;

export interface OpenPanelParts {
  readonly app: JupyterFrontEnd;
  readonly tracker: INotebookTracker;
  readonly panel: PhasesPanel;
  readonly settings: ISettingRegistry | null;
  readonly memory: IStateDB | null;
}

/** Begins once the layout is restored: what happens to the panel before is not the person's doing. */
export async function openPanelWithRun({
  app,
  tracker,
  panel,
  settings,
  memory
}: OpenPanelParts): Promise<void> {
  const [loaded, closed] = await Promise.all([
    settings?.load(ID).catch(() => null),
    memory?.fetch(CLOSED).catch(() => null),
    app.restored
  ]);
  const decision = new OpenWithRun(
    {
      isEnabled: () => loaded?.composite['openWithRun'] !== false,
      isPanelVisible: () => panel.isVisible,
      show: () => app.shell.activateById(panel.id),
      keep: ids => void memory?.save(CLOSED, [...ids])
    },
    Array.isArray(closed) ? closed.filter(id => typeof id === 'string') : []
  );
  panel.visibilityChanged.connect((_panel, isVisible) =>
    isVisible ? decision.panelShown() : decision.panelHidden()
  );
  const follow = async (): Promise<void> => {
    const notebook = tracker.currentWidget;
    await notebook?.context.ready;
    if (notebook === tracker.currentWidget) {
      decision.runShown(notebook && runIdOf(notebook));
    }
  };
  tracker.currentChanged.connect(() => void follow());
  await follow();
}

function runIdOf(notebook: NotebookPanel): string | null {
  const metadata = { [METADATA_KEY]: notebook.context.model.getMetadata(METADATA_KEY) };
  return runOf({ metadata })?.id ?? null;
}
