// The journal beside a run as the server has it, for a page whose kernel tells nothing.
import type { Contents } from '@jupyterlab/services';
import { journalPathOf } from '../../contract/notebook/notebook.js';

/** What is asked of the server's files. */
export type FileLookup = Pick<Contents.IManager, 'get' | 'localPath'>;

/**
 * The text of the journal of the run at `notebook`; null where there is none yet. The folder is listed first: a browser writes every
 * answer 404 to its console, whatever the page makes of it.
 */
export async function journalTextOf(files: FileLookup, notebook: string): Promise<string | null> {
  const path = journalPathOf(notebook, true);
  const local = files.localPath(path);
  const drive = path.slice(0, path.length - local.length);
  const [folder, name] = split(local);
  const { content } = await files.get(`${drive}${folder}`, { type: 'directory', content: true });
  if (!(content as readonly Contents.IModel[]).some(file => file.name === name)) {
    return null;
  }
  const file = await files.get(path, { type: 'file', format: 'text', content: true });
  return String(file.content);
}

function split(path: string): [folder: string, name: string] {
  const slash = path.lastIndexOf('/');
  return [path.slice(0, Math.max(0, slash)), path.slice(slash + 1)];
}
