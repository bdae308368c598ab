// Asks the Jupyter server to vouch for whoever is at this page, for one message. A server without the extension of the wheel vouches for
// nobody, and neither does one that does not know its people.
import { PageConfig, URLExt } from '@jupyterlab/coreutils';
import { ServerConnection, type Kernel } from '@jupyterlab/services';
import { isVouch, subjectOf, VOUCH_PATH, type Vouch } from '../../contract/comms/vouch.js';

/** The word for `message`, as a part of it; nothing when there is none. Never rejects. */
export async function vouchFor(
  message: object,
  kernel: Kernel.IKernelConnection | null | undefined
): Promise<{ readonly vouch?: Vouch }> {
  if (!kernel || PageConfig.getOption('launchbookVouches') !== 'true') {
    return {};
  }
  const { serverSettings } = kernel;
  try {
    const body = JSON.stringify({ kernel: kernel.id, subject: subjectOf(message) });
    const url = URLExt.join(serverSettings.baseUrl, VOUCH_PATH);
    const answer = await ServerConnection.makeRequest(url, { method: 'POST', body }, serverSettings);
    const vouch: unknown = answer.ok ? await answer.json() : null;
    return isVouch(vouch) ? { vouch } : {};
  } catch {
    return {};
  }
}
