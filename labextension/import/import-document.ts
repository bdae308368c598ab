// Imports a document through a kernel of ours, and shows the runbook with its report beside it.
import { Notification } from '@jupyterlab/apputils';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import { FileDialog } from '@jupyterlab/filebrowser';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { ITranslator } from '@jupyterlab/translation';
import { isLaunchbookError } from '../../contract/base/error.js';
import type { ImportedAnswer } from '../../contract/comms/lifecycle-comm.js';
import { isImportable } from '../../contract/notebook/importable-names.js';
import { askBefore, showFaults } from '../lifecycle/dialogs.js';
import { faultListOf } from '../lifecycle/fault-list.js';
import { withLifecycle } from '../lifecycle/lifecycle-client.js';
import type { Words } from '../page/words.js';
import { showReport, type ReportParts } from './import-report.js';

/** The path of the document that the person chooses, beginning in `folder`, or null. */
export async function chooseDocument(
  documents: IDocumentManager | null,
  folder: string,
  words: Words,
  translator: ITranslator | null
): Promise<string | null> {
  if (!documents) {
    return null;
  }
  const { value, button } = await FileDialog.getOpenFiles({
    manager: documents,
    title: words.__('Which document?'),
    label: words.__(
      'Markdown, an issue template, a page of Confluence (storage format), HTML, .docx or a Python notebook. The runbook is written beside it.'
    ),
    defaultPath: folder,
    filter: item => (item.type === 'directory' || isImportable(item.name) ? {} : null),
    ...(translator ? { translator } : {})
  });
  const [chosen] = value ?? [];
  return button.accept && chosen && chosen.type !== 'directory' ? chosen.path : null;
}

/** Makes a runbook of the document at `path` and opens it. What is there is replaced when the person wants it. */
export async function importDocument(path: string, parts: ReportParts): Promise<void> {
  const { app, tracker, words } = parts;
  const notice = Notification.emit(words.__('Importing %1…', path), 'in-progress', { autoClose: false });
  const tell = (): void => Notification.dismiss(notice);
  try {
    const made = await withLifecycle(app.serviceManager.kernels, async client => {
      try {
        return await client.ask('import', { file: path, force: false });
      } catch (error) {
        tell();
        if (!isLaunchbookError(error) || error.code !== 'import.exists') {
          throw error;
        }
        if (!(await askToReplace(error, words))) {
          return null;
        }
        return await client.ask('import', { file: path, force: true });
      }
    });
    tell();
    await (made && showImported(made, parts));
  } catch (error) {
    tell();
    await showFaults(words.__('%1 was not imported', path), error, words);
  }

  async function showImported({ path: notebook, head }: ImportedAnswer, all: ReportParts): Promise<void> {
    const open = tracker.find(each => each.context.path === notebook);
    await open?.context.revert();
    const panel = (await app.commands.execute('docmanager:open', { path: notebook })) as
      NotebookPanel | undefined;
    Notification.success(`${notebook}: ${head}.`, { autoClose: 10_000 });
    if (panel && app.name === 'JupyterLab') {
      await panel.context.ready;
      await showReport(panel, all);
    }
  }
}

async function askToReplace(error: unknown, words: Words): Promise<boolean> {
  const { faults } = faultListOf(error, words);
  const body = words.__(
    '%1. What was accepted or written there since is lost, unless it is committed; git then shows the difference.',
    faults.join('; ')
  );
  const question = {
    title: words.__('Replace what was imported before?'),
    body,
    accept: words.__('Replace'),
    choice: null
  };
  return (await askBefore(question, words)) !== null;
}
