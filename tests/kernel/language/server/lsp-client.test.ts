// A server that never answers is given up: later for a document that takes long to check.
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { LanguageServer } from '../../../../kernel/language/server/lsp-client.js';
import { temporaryFolder } from '../../../runbook/temporary-folder.js';

const folder = temporaryFolder();

test('a document of 20,000 declarations has more time than a small one', async () => {
  const tscPath = join(folder, 'silent-server');
  writeFileSync(tscPath, `#!${process.execPath}\nprocess.stdin.resume();\n`);
  chmodSync(tscPath, 0o755);
  const server = new LanguageServer({ tscPath, folder, onLog: () => undefined, timeoutMs: 100 });
  const ask = (uri: string): Promise<unknown> =>
    server.request('textDocument/diagnostic', { textDocument: { uri } });
  server.open('file:///small.ts', 'const a = 1;', false);
  await expect(ask('file:///small.ts')).rejects.toThrow('within 0.1 s');
  const large = Array.from({ length: 20_000 }, (_, index) => `const value${index} = ${index};`).join('\n');
  server.open('file:///large.ts', large, false);
  await expect(ask('file:///large.ts')).rejects.toThrow('within 0.5 s');
  await server.dispose();
});
