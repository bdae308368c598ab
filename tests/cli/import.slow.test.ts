// `launchbook import`: a document that is there becomes a runbook beside it, and nothing that is there is lost.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Notebook } from '../../contract/notebook/notebook.js';
import { makeSandbox, type Sandbox } from './launchbook.js';

let sandbox: Sandbox;

beforeEach(() => {
  sandbox = makeSandbox();
});

afterEach(() => sandbox.remove());

const DEPLOY = `# Deploy orders

## Deploy

Look at the board first.

\`\`\`sh
deployctl deploy orders --version <version>
\`\`\`

## Close

- [ ] Tell support
`;

const at = (path: string): string => join(sandbox.folder, path);
const cellsAt = (path: string) => (JSON.parse(readFileSync(at(path), 'utf8')) as Notebook).cells;
const sourcesAt = (path: string) => cellsAt(path).map(({ source }) => [source].flat().join(''));

describe('`import`', () => {
  test('writes notebook and report, of which a run can be made', async () => {
    await sandbox.launchbook('init');
    sandbox.write('deploy.md', DEPLOY);
    const { code, stdout, stderr } = sandbox.spawn('import', 'deploy.md');
    expect([code, stdout]).toEqual([0, 'deploy.ipynb\n']);
    expect(stderr).toContain('2 phases, 2 steps');
    expect(sourcesAt('deploy.ipynb')).toContain('await $`deployctl deploy orders --version ${version}`;');
    expect(readFileSync(at('deploy.import.md'), 'utf8')).toContain(
      '- line 8: &lt;version&gt; is the parameter version'
    );
    sandbox.commit();
    const made = await sandbox.launchbook(
      'new',
      'deploy.ipynb',
      '--release',
      '2',
      '--env',
      'staging',
      '--mode',
      'dry-run',
      '--param',
      'version=2',
      '--out',
      'plan'
    );
    expect(made.code).toBe(0);
  });

  test('writes nothing with --check, and says what would be guessed', async () => {
    sandbox.write('deploy.md', DEPLOY);
    const { code, stdout } = await sandbox.launchbook('import', 'deploy.md', '--check');
    expect(code).toBe(0);
    expect(stdout).toContain('## Guessed (1)');
    expect(stdout).toContain('1 command with the arguments of the source, twice the same');
    expect(existsSync(at('deploy.ipynb'))).toBe(false);
  });

  test('overwrites nothing without --force', async () => {
    sandbox.write('deploy.md', DEPLOY);
    sandbox.write('deploy.ipynb', 'mine');
    const refused = await sandbox.launchbook('import', 'deploy.md');
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringContaining('deploy.ipynb exists already')
    ]);
    expect(readFileSync(at('deploy.ipynb'), 'utf8')).toBe('mine');
    expect(existsSync(at('deploy.import.md'))).toBe(false);
    expect((await sandbox.launchbook('import', 'deploy.md', '--force')).code).toBe(0);
  });

  test('writes beside a notebook under another name, and never over it', async () => {
    sandbox.write('scale.ipynb', JSON.stringify({ cells: [{ cell_type: 'code', source: '!ls' }] }));
    expect((await sandbox.launchbook('import', 'scale.ipynb')).stdout).toBe('scale-runbook.ipynb\n');
    const refused = await sandbox.launchbook('import', 'scale.ipynb', '--out', './scale.ipynb', '--force');
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringContaining('the notebook would replace the one that it is made of')
    ]);
  });

  test('keeps the ids of cells whose source stays, when the document is edited', async () => {
    sandbox.write('deploy.md', DEPLOY);
    await sandbox.launchbook('import', 'deploy.md');
    const before = new Map(cellsAt('deploy.ipynb').map(cell => [cell.id, cell]));
    sandbox.write(
      'deploy.md',
      DEPLOY.replace('Look at', 'Two\n\nmore paragraphs. Look at').replace(
        '## Close',
        '```sh\ndeployctl wait\n```\n\n## Close'
      )
    );
    await sandbox.launchbook('import', 'deploy.md', '--force');
    const changed = cellsAt('deploy.ipynb').filter(
      cell => JSON.stringify(before.get(cell.id)) !== JSON.stringify(cell)
    );
    expect(changed.map(({ source }) => [source].flat().join(''))).toEqual([
      expect.stringContaining('more paragraphs'),
      'await $`deployctl wait`;'
    ]);
  });

  test('refuses a document with a secret, and does not repeat it', async () => {
    sandbox.write('deploy.md', `${DEPLOY}\n\`\`\`sh\nlogin --password="hunter22hunter"\n\`\`\`\n`);
    const { code, stderr, stdout } = await sandbox.launchbook('import', 'deploy.md');
    expect([code, stderr]).toEqual([2, expect.stringContaining('line 16 holds a secret')]);
    expect(stderr + stdout).not.toContain('hunter22hunter');
    expect(existsSync(at('deploy.ipynb'))).toBe(false);
  });

  test('refuses two files for one notebook, and a file that is not there', async () => {
    expect((await sandbox.launchbook('import', 'a.md', 'b.md', '--out', 'c.ipynb')).code).toBe(2);
    expect((await sandbox.launchbook('import', 'a.md')).stderr).toContain('there is no such file');
  });
});
