// Plugin `launchbook:preview`: shows a Markdown cell as it will look while it is written.
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { eachNotebook } from '../each-notebook.js';
import { PluginSettings } from '../plugin-settings.js';
import { NotebookPreview } from './notebook-preview.js';
import { readPreviewSettings } from './preview-settings.js';

const ID = 'launchbook:preview';
const TOGGLE = 'launchbook:toggle-markdown-preview';
const PLACE_BESIDE = 'launchbook:place-markdown-preview-beside';

export const previewPlugin: JupyterFrontEndPlugin<void> = {
  id: ID,
  description: 'Shows a Markdown cell as it will look, below or beside its editor, while it is written.',
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ISettingRegistry, ITranslator, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    settingRegistry: ISettingRegistry | null,
    translator: ITranslator | null,
    palette: ICommandPalette | null
  ): void => {
    const words = (translator ?? nullTranslator).load('launchbook');
    const settings = new PluginSettings({
      registry: settingRegistry,
      id: ID,
      read: readPreviewSettings,
      changed: () => {
        previews.forEach(preview => preview.apply());
        app.commands.notifyCommandChanged(TOGGLE);
        app.commands.notifyCommandChanged(PLACE_BESIDE);
      }
    });
    const previews = eachNotebook(
      tracker,
      panel => new NotebookPreview({ panel, words, settings: () => settings.now })
    );

    app.commands.addCommand(TOGGLE, {
      label: words.__('Preview Markdown While Writing'),
      caption: words.__('Show or hide how the Markdown cell that is being written will look'),
      describedBy: { args: { type: 'object', properties: {} } },
      isToggled: () => settings.now.enabled,
      execute: () => settings.set('enabled', !settings.now.enabled)
    });
    app.commands.addCommand(PLACE_BESIDE, {
      label: words.__('Place Markdown Preview Beside the Editor'),
      caption: words.__('Show the preview beside the editor, or below it'),
      describedBy: { args: { type: 'object', properties: {} } },
      isEnabled: () => settings.now.enabled,
      isToggled: () => settings.now.place === 'beside',
      execute: () => settings.set('place', settings.now.place === 'beside' ? 'below' : 'beside')
    });
    for (const command of [TOGGLE, PLACE_BESIDE]) {
      palette?.addItem({ command, category: words.__('Launchbook') });
    }
  }
};
