// The dialogs around whole runs. A form that was refused comes back as it was filled in, with every fault.
import { Dialog, showDialog } from '@jupyterlab/apputils';
import { Widget } from '@lumino/widgets';
import type { TemplateDescription } from '../../contract/comms/lifecycle-comm.js';
import { makeElement } from '../page/element.js';
import { makeScrollArea } from '../page/scroll-area.js';
import type { Words } from '../page/words.js';
import { makeFaultBox } from './fault-box.js';
import { faultListOf, type FaultList } from './fault-list.js';
import { NewRunBody } from './new-run-body.js';
import type { NewRunValues } from './new-run-form.js';

/** The values, or null when the person cancelled. */
export async function askForNewRun(
  template: string,
  description: TemplateDescription,
  values: NewRunValues,
  faults: FaultList | null,
  words: Words
): Promise<NewRunValues | null> {
  const { button, value } = await showDialog({
    title: words.__('New run'),
    body: new NewRunBody({ template, description, values, faults, words }),
    buttons: [Dialog.cancelButton(), Dialog.okButton({ label: words.__('Make the run') })],
    focusNodeSelector: '.lb-Form input'
  });
  return button.accept ? value : null;
}

/** Whether the person wants it, and the choice in its checkbox, where there is one to make. */
export async function askBefore(
  question: { title: string; body: string; accept: string; choice: string | null },
  words: Words
): Promise<{ isChosen: boolean } | null> {
  const { button, isChecked } = await showDialog({
    title: question.title,
    body: question.body,
    checkbox:
      question.choice === null ? null : { label: question.choice, caption: question.choice, checked: false },
    buttons: [
      Dialog.cancelButton({ label: words.__('Cancel') }),
      Dialog.warnButton({ label: question.accept })
    ],
    defaultButton: 0
  });
  return button.accept ? { isChosen: isChecked === true } : null;
}

export async function showFaults(title: string, error: unknown, words: Words): Promise<void> {
  await showToClose(title, makeFaultBox(faultListOf(error, words)), words);
}

export async function showText(title: string, text: string, words: Words): Promise<void> {
  const pre = makeElement('pre', { class: 'lb-Report', text });
  await showToClose(title, makeScrollArea('lb-Report-area', title, pre), words);
}

async function showToClose(title: string, content: HTMLElement, words: Words): Promise<void> {
  const body = new Widget({ node: makeElement('div', { class: 'lb-Form' }, content) });
  await showDialog({ title, body, buttons: [Dialog.okButton({ label: words.__('Close') })] });
}
