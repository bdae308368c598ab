// What GitHub makes of an archive, as near as it can be had: nbformat's validation, and nbconvert with its sanitizer on.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { archiveRun } from '../../../lifecycle/archive/archive-run.js';
import { root } from '../../house/root.js';
import { executeRun, makeRepository, type Repository } from '../executed-run.js';

const PYTHON = join(root, '.venv', 'bin', 'python');
let repository: Repository;
let path: string;

beforeAll(async () => {
  repository = await makeRepository();
  path = await executeRun(repository, { stories: { deploy: { isRetried: true } } });
  await archiveRun(path);
});

afterAll(() => repository.remove());

test('An archive is a valid notebook', () => {
  const check =
    'import nbformat, sys; nbformat.validate(nbformat.read(sys.argv[1], as_version=nbformat.NO_CONVERT))';
  expect(execFileSync(PYTHON, ['-c', check, path], { encoding: 'utf8' })).toBe('');
});

test('Rendered for GitHub it shows the summary, the picture and the times, and no tag as text', () => {
  const output = join(repository.folder, 'archive.html');
  const args = [
    '-m',
    'nbconvert',
    '--to',
    'html',
    '--HTMLExporter.sanitize_html=True',
    '--output',
    output,
    path
  ];
  execFileSync(PYTHON, args, { stdio: 'pipe' });
  const html = readFileSync(output, 'utf8');
  const body = html.slice(html.indexOf('<body'));
  const codeCells = body
    .split('<div class="jp-Cell ')
    .filter(cell => cell.startsWith('jp-CodeCell'))
    .join('\n');
  expect(codeCells).not.toMatch(/&lt;\/?(?:table|tbody|tr|td|b|code|span|div|p|ul|li|input)\b/);
  expect(codeCells).toMatch(
    /☑ passed 2026-11-22 [\d:]+ – [\d:]+ UTC, 1\.5 s, attempt 2, Ann Lee \(claimed\)/
  );
  expect(codeCells).toMatch(/✗ failed 2026-11-22/);
  expect(codeCells).toMatch(/<img[^>]+src="data:image\/png;base64,/);
  expect(body).toMatch(/Release 1\.1\.0 in staging passed\./);
  expect(body).toMatch(/QA sign-off/);
  expect(statSync(path).size).toBeLessThan(1_000_000);
});
