// Which page saves the notebook of a run, connected to JupyterLab: a watching page does not, and a page that begins to drive takes over
// first what the driver before it has changed and saved.
import { Notification } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';
import type { Words } from '../page/words.js';
import type { IRunModel } from '../tokens.js';
import { NewerFile, type Advice, type Code } from './newer-file.js';
import { holdSaves, isHeldBack } from './watcher-saves.js';

export interface SavesParts {
  readonly panel: NotebookPanel;
  readonly run: IRunModel;
  readonly contents: Contents.IManager;
  readonly words: Words;
}

/** A message without a time would be in the list of notifications alone. */
const SHOWN_MS = 8000;

/** Holds the saves of a page whose document is its own. */
export async function holdSavesOfRun({ panel, run, contents, words }: SavesParts): Promise<void> {
  const { context } = panel;
  await context.ready;
  const file = new NewerFile({
    known: () => context.contentsModel,
    code: () => codeOf(panel),
    look: async () => await contents.get(context.path, { content: false, hash: true }),
    read: async () => await contents.get(context.path, { content: true, hash: true }),
    isFresh: () => run.source === 'kernel'
  });
  const readAgain = async (): Promise<void> => {
    await context.revert();
    Notification.info(
      words.__('Read again: another page has saved this notebook with code that this one did not have.'),
      { autoClose: SHOWN_MS }
    );
  };
  holdSaves(context, {
    isHeld: () => isHeldBack(run),
    told: () => {
      Notification.warning(
        words.__(
          'Not saved: somebody else drives this run, and their page saves the notebook. To keep what you changed, save it under another name.'
        ),
        { autoClose: SHOWN_MS }
      );
    },
    advice: async (): Promise<Advice> =>
      run.run === null || context.isDisposed ? { do: 'save', over: null } : await file.advice(),
    readAgain
  });
  context.fileChanged.connect(() => file.isCommon());
  let wasHeld = isHeldBack(run);
  run.changed.connect(() => {
    const isHeld = isHeldBack(run);
    const isFree = wasHeld && !isHeld && run.source === 'kernel';
    wasHeld = isHeld;
    if (isFree && !context.isDisposed) {
      void file.isBehind().then(async isBehind => {
        await (isBehind ? readAgain() : undefined);
      });
    }
  });
}

function codeOf({ context }: NotebookPanel): Code {
  const { cells, metadata } = context.model;
  return {
    cells: [...cells].map(({ id, type, sharedModel }) => ({
      id,
      cell_type: type,
      source: sharedModel.getSource()
    })),
    metadata
  };
}
