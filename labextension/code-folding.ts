// Plugin `launchbook:code-folding`: JupyterLab can fold the blocks of a cell's code, and hides the switch in its settings. Here it is one click.
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { JSONObject } from '@lumino/coreutils';

const TOGGLE = 'launchbook:toggle-code-folding';
/** JupyterLab's settings of notebooks, and the one for the editors of code cells. */
const NOTEBOOKS = '@jupyterlab/notebook-extension:tracker';
const EDITORS = 'codeCellConfig';

export const codeFoldingPlugin: JupyterFrontEndPlugin<void> = {
  id: 'launchbook:code-folding',
  description: 'Switches the folding of code in cells on and off.',
  autoStart: true,
  requires: [ISettingRegistry],
  optional: [ITranslator, ICommandPalette],
  activate: async (
    app: JupyterFrontEnd,
    registry: ISettingRegistry,
    translator: ITranslator | null,
    palette: ICommandPalette | null
  ): Promise<void> => {
    const words = (translator ?? nullTranslator).load('launchbook');
    const settings = await registry.load(NOTEBOOKS).catch(() => null);
    if (!settings) {
      return;
    }
    const editors = (): JSONObject => settings.get(EDITORS).composite as JSONObject;
    app.commands.addCommand(TOGGLE, {
      label: words.__('Show Code Folding in Cells'),
      caption: words.__('Fold and unfold blocks of code beside the line where they begin'),
      describedBy: { args: { type: 'object', properties: {} } },
      isToggled: () => editors()['codeFolding'] === true,
      execute: () => settings.set(EDITORS, { ...editors(), codeFolding: editors()['codeFolding'] !== true })
    });
    settings.changed.connect(() => app.commands.notifyCommandChanged(TOGGLE));
    palette?.addItem({ command: TOGGLE, category: words.__('Launchbook') });
  }
};
