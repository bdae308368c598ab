// Text leaves in few places, each of which escapes it for where it goes (contract/base/escape.ts). A new place is found here, so that
// whoever adds one thinks of what it shows.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { root } from './root.js';

/** Ways out, and the files that may use them. */
const WAYS_OUT: { readonly [way: string]: { readonly uses: RegExp; readonly files: readonly string[] } } = {
  'a terminal': {
    uses: /\bstd(?:out|err)\.write\(|#stream\.write\(/,
    files: ['cli/terminal.ts', 'cli/commands/status.ts', 'cli/run-view/status-line.ts']
  },
  'the streams of this process': {
    uses: /\bprocess\.std(?:out|err)\b/,
    files: ['cli/main.ts', 'kernel/executor/inside/tag-output.ts']
  },
  'the log of the server': {
    uses: /\bconsole\.\w+\(/,
    files: ['kernel/host/process/run-kernel.ts', 'kernel/host/process/start-kernel.ts']
  },
  Slack: {
    uses: /chat\.(?:postMessage|update)\(|\/deliver\.js'/,
    files: [
      'runbook/slack/deliver.ts',
      'runbook/slack/slack.ts',
      'run/slack-thread/release-thread.ts',
      'lifecycle/slack-thread/bring-up-to-date.ts',
      'lifecycle/slack-thread/post-thread.ts'
    ]
  },
  'a message of git': {
    uses: /'--message'/,
    files: ['lifecycle/archive/commit-archive.ts', 'lifecycle/approve/sign-decision.ts']
  }
};

/** The product's files with their code, comments left out. */
const SOURCES = execFileSync(
  'git',
  ['ls-files', 'cli', 'kernel', 'run', 'lifecycle', 'record', 'runbook', 'contract', 'labextension'],
  {
    cwd: root,
    encoding: 'utf8'
  }
)
  .split('\n')
  .filter(file => /\.tsx?$/.test(file))
  .map(file => ({ file, code: codeOf(file) }));

test.each(Object.entries(WAYS_OUT))('only these write to %s', (_, { uses, files }) => {
  expect(SOURCES.filter(({ code }) => uses.test(code)).map(({ file }) => file)).toEqual([...files].sort());
});

test('no markup is escaped by hand', () => {
  const byHand = SOURCES.filter(({ code }) => code.includes("'&lt;'")).map(({ file }) => file);
  expect(byHand).toEqual(['contract/base/escape.ts']);
});

function codeOf(file: string): string {
  return readFileSync(join(root, file), 'utf8').replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, '');
}

test('files of a run are read by record/files/read-file.ts, whoever may have put them there', () => {
  const direct = SOURCES.filter(
    ({ file, code }) =>
      /^(?:cli|record|lifecycle|run)\//.test(file) && /\breadFile(?:Sync)?\(|createReadStream\(/.test(code)
  );
  expect(direct.map(({ file }) => file)).toEqual([
    // The product's own pages about errors.
    'cli/explain/error-pages.ts',
    // An ignore file that is extended, the grammar of shells in its package, and an SSH key that the approver has named.
    'lifecycle/approve/sign-decision.ts',
    'lifecycle/import/shell/grammar.ts',
    'lifecycle/init/init-project.ts',
    // Through a descriptor that was opened by the rules.
    'record/journal/file-journal.ts',
    'record/journal/lines-of-file.ts',
    // Files of /proc and of Jupyter.
    'record/journal/lock-holder.ts',
    'run/keeper/find-notebook.ts'
  ]);
});
