// What the kernel says about itself in kernel_info_reply. Its banner tells which notebook it runs, who has said so, and whether there is a
// journal; it is read again each time, because a notebook may be mended.
import { LANGUAGE_INFO } from '../../../contract/notebook/language-info.js';
import { journalPathOf } from '../../../contract/notebook/notebook.js';
import { LAUNCHBOOK_VERSION } from '../../../contract/base/version.js';
import { NO_NOTEBOOK } from '../../../run/gate/cell/no-journal.js';
import type { NotebookFile } from '../../../run/keeper/notebook-file.js';

/** What the banner speaks of. */
export interface ToldNotebook {
  readonly notebook: NotebookFile | null;
  readonly textForm?: string | null;
  readonly toldBy?: string;
}

/** Language and banner; the core adds the protocol's own fields. */
export function kernelInfoOf(told: ToldNotebook) {
  return {
    implementation: 'launchbook',
    implementation_version: LAUNCHBOOK_VERSION,
    language_info: LANGUAGE_INFO,
    get banner() {
      return `Launchbook ${LAUNCHBOOK_VERSION}: TypeScript cells, type-checked before they run.\n${lineOf(told)}`;
    },
    help_links: []
  } as const;
}

function lineOf({ notebook, textForm, toldBy }: ToldNotebook): string {
  if (notebook === null) {
    return textForm
      ? `No journal: ${textForm} (told by ${toldBy}) is no notebook.`
      : `No journal: ${NO_NOTEBOOK}. Steps of a live run are refused.`;
  }
  const { path } = notebook;
  const fault = notebook.fault();
  const by = toldBy ? ` (told by ${toldBy})` : '';
  return fault === null
    ? `Notebook: ${path}${by}. Journal: ${journalPathOf(path, notebook.read().run !== null)}`
    : `Notebook: ${path}${by}, which cannot be read: ${fault} Nothing of it is executed that is not known.`;
}
