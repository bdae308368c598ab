// What an approval of an archive is bound to, held against its notebook again: every part of it counts, whoever signed.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runOf, type Notebook } from '../../../contract/notebook/notebook.js';
import { textOf } from '../../../contract/notebook/outline.js';
import type { RunInfo } from '../../../contract/base/run.js';
import { notebookText } from '../../../lifecycle/notebook/notebook-text.js';
import { signersAt } from '../../../lifecycle/signers/allowed-signers.js';
import { SignatureChecks } from '../../../record/decisions/signature-checks.js';
import type { ArchiveFiles } from '../../../lifecycle/findings/verification.js';
import { verifyArchive } from '../../../lifecycle/verify/verify-archive.js';
import { makeSigners, type Signers } from '../../run/signers.js';
import { makeRepository, type Repository } from '../executed-run.js';
import { filesOf, makeSignedArchive } from './signed-archive.js';

let signers: Signers;
let repository: Repository;
let files: ArchiveFiles;
let checks: SignatureChecks;

beforeAll(async () => {
  signers = makeSigners(['quinn', 'omar', 'ann']);
  repository = await makeRepository();
  const path = await makeSignedArchive(repository, signers);
  files = filesOf(path);
  checks = new SignatureChecks(signersAt(path));
});

afterAll(() => {
  repository.remove();
  signers.remove();
});

describe('A notebook that is not what was approved is found, whatever part of it differs:', () => {
  const HEADING = { cell_type: 'markdown', id: 'more', metadata: {}, source: ['Have tea.'] };

  test.each<[string, RegExp, (notebook: Notebook) => Notebook]>([
    [
      'a step of the phase',
      /“await approval\('QA sign-off', \{” was edited$/,
      changeCells(cells =>
        cells.map(cell =>
          cell.id === 'sign-off-approval' ? { ...cell, source: [`${textOf(cell.source)}\n1`] } : cell
        )
      )
    ],
    [
      'text that was added to the phase',
      /The text “Have tea\.” was added$/,
      changeCells(cells => cells.flatMap(cell => (cell.id === 'sign-off' ? [cell, HEADING] : [cell])))
    ],
    [
      'the parameters outside of the phase',
      /The step “const release = '1\.1\.0';” was removed$/,
      changeCells(cells => cells.filter(cell => cell.id !== 'parameters'))
    ],
    [
      'the order of the phases',
      /The text “Verification” was removed$/,
      changeCells(cells => {
        const moved = cells.findIndex(({ id }) => id === 'verification');
        return [...cells.slice(moved), ...cells.slice(0, moved)];
      })
    ],
    ['the release', /The release was 1\.1\.0 and is 6\.6\.6$/, changeRun({ release: '6.6.6' })],
    ['a parameter of the run', /The parameter release was/, changeRun({ parameters: { release: '6.6.6' } })]
  ])('%s', async (_, reason, change) => {
    const notebook = change(JSON.parse(String(files.notebook)) as Notebook);
    const changed = { ...files, notebook: Buffer.from(notebookText(notebook)), manifest: null };
    const { findings } = await verifyArchive(changed, checks);
    const stale = findings.filter(({ code }) => code === 'approval.stale');
    expect(stale.map(({ text }) => text)).toContainEqual(expect.stringMatching(reason));
    expect(stale.every(({ file, line }) => file === 'release.ipynb' && line >= 1)).toBe(true);
  });
});

function changeCells(
  change: (cells: Notebook['cells']) => Notebook['cells']
): (notebook: Notebook) => Notebook {
  return notebook => ({ ...notebook, cells: change(notebook.cells) });
}

function changeRun(other: Partial<RunInfo>): (notebook: Notebook) => Notebook {
  return notebook => ({
    ...notebook,
    metadata: { ...notebook.metadata, launchbook: { run: { ...runOf(notebook), ...other } } }
  });
}
