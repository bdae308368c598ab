// A language server for the cells of one folder, made and warmed before anything else of a session exists.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectDocuments } from '../documents/ambient.js';
import { LanguageServer, type LanguageServerOptions } from '../server/lsp-client.js';
import { ScratchDocuments } from '../documents/scratch-documents.js';

/** A server that knows the folder's project. It starts with the first request. */
export function makeServer(options: LanguageServerOptions): LanguageServer {
  const server = new LanguageServer(options);
  for (const { file, text } of projectDocuments(options.folder)) {
    server.open(pathToFileURL(join(options.folder, file)).href, text, true);
  }
  return server;
}

/** Lets the server read the language's own types. Resolves at once when it has done so before; rejects as `request` does. */
export async function warmServer(server: LanguageServer, folder: string): Promise<void> {
  const warming = WARMING.get(server) ?? ask(server, folder);
  WARMING.set(server, warming);
  await warming;
}

const WARMING = new WeakMap<LanguageServer, Promise<unknown>>();

// The first document that cells are checked in.
function ask(server: LanguageServer, folder: string): Promise<unknown> {
  const text = 'export {};';
  const file = new ScratchDocuments(CHECKED_IN).choose(text, 'ts');
  const uri = pathToFileURL(join(folder, file)).href;
  server.open(uri, text, true);
  return server.request('textDocument/diagnostic', { textDocument: { uri } });
}

/** How the names of documents begin that cells are checked in. */
export const CHECKED_IN = '__cell_check';
