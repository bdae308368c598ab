// Reading the journal beside a run from a server: what is not there is not asked for.
import { expect, test } from '@jest/globals';
import { journalTextOf, type FileLookup } from '../../../labextension/run/journal-file.js';

/** A server with these files; `asked` are the paths that it was asked for. As JupyterLab's, it gives content only where that is asked for. */
function serverWith(files: readonly string[]): FileLookup & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    localPath: path => path.replace(/^RTC:/, ''),
    get: async (path, options) => {
      asked.push(path);
      if (options?.content !== true) {
        return { content: null } as never;
      }
      const local = path.replace(/^RTC:/, '');
      if (files.includes(local)) {
        return { content: `the text of ${local}` } as never;
      }
      const inside = files.filter(
        file => file.slice(0, Math.max(0, file.lastIndexOf('/'))) === local.replace(/\/$/, '')
      );
      return { content: inside.map(file => ({ name: file.slice(file.lastIndexOf('/') + 1) })) } as never;
    }
  };
}

test.each([
  ['runs/release.ipynb', ['runs', 'runs/release.journal.jsonl']],
  ['release.ipynb', ['', 'release.journal.jsonl']],
  ['RTC:runs/release.ipynb', ['RTC:runs', 'RTC:runs/release.journal.jsonl']],
  ['RTC:release.ipynb', ['RTC:', 'RTC:release.journal.jsonl']]
])('the journal of %s is read after its folder', async (notebook, asked) => {
  const server = serverWith(['release.journal.jsonl', 'runs/release.journal.jsonl']);
  expect(await journalTextOf(server, notebook)).toMatch(/^the text of (runs\/)?release\.journal\.jsonl$/);
  expect(server.asked).toEqual(asked);
});

test('a journal that is not there is not asked for', async () => {
  const server = serverWith(['runs/other.journal.jsonl', 'release.journal.jsonl']);
  expect(await journalTextOf(server, 'runs/release.ipynb')).toBeNull();
  expect(server.asked).toEqual(['runs']);
});
