// Connects the decision to open the phases panel with JupyterLab: the layout, the current notebook, the settings, the memory.
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { IStateDB } from '@jupyterlab/statedb';
import { METADATA_KEY, runIn } from '../../contract/notebook/notebook.js';
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

/** Begins when the layout is restored: before that, it is not the person who shows or hides the panel. */
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
      const run = runIn(notebook?.context.model.getMetadata(METADATA_KEY));
      decision.runShown(run?.id ?? null);
    }
  };
  tracker.currentChanged.connect(() => void follow());
  await follow();
}
