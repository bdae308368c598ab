// Asks the kernel; what it refuses is shown with its reason and what to do.
import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { AnswerMessage, RequestBody } from '../../contract/comms/comm.js';
import type { IRunModel } from '../tokens.js';
import type { Words } from '../page/words.js';

/** The kernel's answer, or null after its refusal was shown. */
export async function ask(run: IRunModel, body: RequestBody, words: Words): Promise<AnswerMessage | null> {
  try {
    return await run.ask(body);
  } catch (error) {
    await showRefusal(error, words);
    return null;
  }
}

/** Shows why something was not done. */
export async function showRefusal(error: unknown, words: Words): Promise<void> {
  const { message, hint } = error as { readonly message: string; readonly hint?: string };
  await showDialog({
    title: words.__('This was not done'),
    body: hint ? `${message}\n\n${hint}` : message,
    buttons: [Dialog.okButton()]
  });
}
