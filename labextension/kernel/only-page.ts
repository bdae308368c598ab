// Whether another page is connected to a kernel too.
import { KernelAPI, type ServerConnection } from '@jupyterlab/services';

/** True when this page is the only one. Rejects when the server does not answer. */
export async function isOnlyPage(
  kernel: string,
  serverSettings: ServerConnection.ISettings
): Promise<boolean> {
  const model = await KernelAPI.getKernelModel(kernel, serverSettings);
  return (model?.connections ?? 1) <= 1;
}
