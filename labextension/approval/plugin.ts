// Plugin `launchbook:approval`: renders approvals, checklists and task lists in outputs. Ranked before HTML, because the outputs carry
// HTML for readers without this extension, and safe, because a freshly cloned notebook is not trusted.
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { IRunRegistry } from '../tokens.js';
import { APPROVAL_KIND, TASK_LIST_KIND, CHECKLIST_KIND, type HoldKind } from './hold-kind.js';
import type { HoldState } from '../../contract/holds/pending.js';
import { HoldOutput } from './hold-output.js';

const RANK = -5;

export const approvalPlugin: JupyterFrontEndPlugin<void> = {
  id: 'launchbook:approval',
  description:
    'Shows approvals, checklists and tasks of people in the notebook, and lets people decide, tick and report.',
  autoStart: true,
  requires: [IRenderMimeRegistry],
  optional: [IRunRegistry, ITranslator],
  activate: (
    _app: JupyterFrontEnd,
    rendermime: IRenderMimeRegistry,
    registry: IRunRegistry | null,
    translator: ITranslator | null
  ): void => {
    const words = (translator ?? nullTranslator).load('launchbook');
    const add = <H extends HoldState>(kind: HoldKind<H>): void =>
      rendermime.addFactory(
        {
          safe: true,
          mimeTypes: [kind.mimeType],
          createRenderer: () => new HoldOutput(kind, words, registry)
        },
        RANK
      );
    add(APPROVAL_KIND);
    add(CHECKLIST_KIND);
    add(TASK_LIST_KIND);
  }
};
