// The commands that choose which notifications one notebook or one cell gives.
import type { JupyterFrontEnd } from '@jupyterlab/application';
import { InputDialog } from '@jupyterlab/apputils';
import type { INotebookTracker } from '@jupyterlab/notebook';
import { METADATA_KEY } from '../../contract/notebook/notebook.js';
import type { Words } from '../page/words.js';
import { CHOICES, choiceOf, withChoice, type NotifyChoice } from './notify-choice.js';

export const CHOOSE_FOR_NOTEBOOK = 'launchbook:choose-notebook-notifications';
export const CHOOSE_FOR_CELL = 'launchbook:choose-cell-notifications';

/** Metadata of a notebook or of a cell. */
interface Model {
  getMetadata(key: string): unknown;
  setMetadata(key: string, value: unknown): void;
  deleteMetadata(key: string): void;
}

/** Adds the commands; each asks when it is given no choice. */
export function addChoiceCommands(app: JupyterFrontEnd, tracker: INotebookTracker, words: Words): void {
  const add = (id: string, label: string, title: string, modelOf: () => Model | null | undefined): void => {
    app.commands.addCommand(id, {
      label,
      caption: words.__('Kept in the file, so that everybody who opens it has the same choice'),
      isEnabled: () => Boolean(modelOf()),
      describedBy: {
        args: {
          type: 'object',
          properties: { notify: { type: 'string', enum: [...CHOICES, 'settings'] } }
        }
      },
      execute: async args => {
        const model = modelOf();
        const given = args['notify'];
        const choice =
          given === undefined
            ? await ask(title, choiceOf(model?.getMetadata(METADATA_KEY)), words)
            : (CHOICES.find(candidate => candidate === given) ?? null);
        if (model && choice !== undefined) {
          write(model, choice);
        }
      }
    });
  };
  add(
    CHOOSE_FOR_NOTEBOOK,
    words.__('Notifications of This Notebook…'),
    words.__('Notifications of this notebook'),
    () => tracker.currentWidget?.content.model
  );
  add(
    CHOOSE_FOR_CELL,
    words.__('Notifications of This Cell…'),
    words.__('Notifications of this cell'),
    () => tracker.activeCell?.model
  );
}

/** The choice, null for what the settings say, undefined when the person changed nothing. */
async function ask(
  title: string,
  now: NotifyChoice | null,
  words: Words
): Promise<NotifyChoice | null | undefined> {
  const items: readonly [NotifyChoice | null, string][] = [
    [null, words.__('As the settings say')],
    ['always', words.__('Whenever a cell ends, however short it ran')],
    ['failures', words.__('Only when it fails or waits for me')],
    ['never', words.__('Nothing')]
  ];
  const { value, button } = await InputDialog.getItem({
    title,
    items: items.map(([, text]) => text),
    current: items.findIndex(([choice]) => choice === now)
  });
  return button.accept ? items.find(([, text]) => text === value)?.[0] : undefined;
}

function write(model: Model, choice: NotifyChoice | null): void {
  const before = model.getMetadata(METADATA_KEY);
  if (choiceOf(before) === choice) {
    return;
  }
  const value = withChoice(before, choice);
  if (value) {
    model.setMetadata(METADATA_KEY, value);
  } else {
    model.deleteMetadata(METADATA_KEY);
  }
}
