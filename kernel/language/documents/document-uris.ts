// Where the language server believes the documents of the cells to be: beside the notebook. They are named several times a cell.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The URI of a document by the name of its file, which has nothing that a URI writes otherwise. `folder` is absolute. */
export function documentUris(folder: string): (file: string) => string {
  const base = pathToFileURL(join(folder, '/')).href;
  return file => base + file;
}
