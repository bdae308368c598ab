// Plugin `launchbook:preview`: shows a Markdown cell as it will look while it is written.
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
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
    let settings = readPreviewSettings({});
    let stored: ISettingRegistry.ISettings | null = null;
    const previews = new Map<NotebookPanel, NotebookPreview>();
    const apply = (): void => {
      previews.forEach(preview => preview.apply());
      app.commands.notifyCommandChanged(TOGGLE);
      app.commands.notifyCommandChanged(PLACE_BESIDE);
    };
    const change = async (key: 'enabled' | 'place', value: boolean | string): Promise<void> => {
      if (stored) {
        await stored.set(key, value);
      } else {
        settings = { ...settings, [key]: value };
        apply();
      }
    };
    const add = (panel: NotebookPanel): void => {
      previews.set(panel, new NotebookPreview({ panel, words, settings: () => settings }));
      panel.disposed.connect(() => previews.delete(panel));
    };

    app.commands.addCommand(TOGGLE, {
      label: words.__('Preview Markdown While Writing'),
      caption: words.__('Show or hide how the Markdown cell that is being written will look'),
      describedBy: { args: { type: 'object', properties: {} } },
      isToggled: () => settings.enabled,
      execute: () => change('enabled', !settings.enabled)
    });
    app.commands.addCommand(PLACE_BESIDE, {
      label: words.__('Place Markdown Preview Beside the Editor'),
      caption: words.__('Show the preview beside the editor, or below it'),
      describedBy: { args: { type: 'object', properties: {} } },
      isEnabled: () => settings.enabled,
      isToggled: () => settings.place === 'beside',
      execute: () => change('place', settings.place === 'beside' ? 'below' : 'beside')
    });
    for (const command of [TOGGLE, PLACE_BESIDE]) {
      palette?.addItem({ command, category: words.__('Launchbook') });
    }
    tracker.forEach(add);
    tracker.widgetAdded.connect((_tracker, panel) => add(panel));
    void settingRegistry?.load(ID).then(loaded => {
      const read = (): void => {
        settings = readPreviewSettings(loaded.composite);
        apply();
      };
      stored = loaded;
      loaded.changed.connect(read);
      read();
    });
  }
};
