// Verifying: an untouched archive holds, from its files and from its tag, and every change is found and named by its line.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { journalPathOf, manifestPathOf, type Notebook } from '../../../contract/notebook/notebook.js';
import { archiveRun } from '../../../lifecycle/archive/archive-run.js';
import { cellHashes, manifestFile, sealed, type Manifest } from '../../../lifecycle/manifest/manifest.js';
import { notebookText } from '../../../lifecycle/notebook/notebook-text.js';
import type { ArchiveFiles, Verification } from '../../../lifecycle/findings/verification.js';
import { signersAt } from '../../../lifecycle/signers/allowed-signers.js';
import { SignatureChecks } from '../../../record/decisions/signature-checks.js';
import { verifyArchive } from '../../../lifecycle/verify/verify-archive.js';
import { verifyRun } from '../../../lifecycle/verify/verify-run.js';
import { sha256 } from '../../../record/hash.js';
import { makeRandom } from '../../random.js';
import { executeRun, makeRepository, type Repository } from '../executed-run.js';
import { rounds } from '../../proof.js';

const CHANGES = rounds({ inTest: 200, inProof: 1000 });
let repository: Repository;
let path: string;
let files: ArchiveFiles;

beforeAll(async () => {
  repository = await makeRepository();
  path = await executeRun(repository, { stories: { deploy: { isRetried: true } } });
  await archiveRun(path);
  files = {
    names: {
      notebook: 'release.ipynb',
      journal: 'release.journal.jsonl',
      manifest: 'release.archive.json',
      tokens: 'release.approvals'
    },
    tokens: [],
    notebook: readFileSync(path),
    journal: readFileSync(journalPathOf(path, true)),
    manifest: readFileSync(manifestPathOf(path))
  };
});

afterAll(() => repository.remove());

describe('An untouched archive holds', () => {
  test('from its files and from its tag', async () => {
    expect(await verifyRun(path)).toMatchObject({ holds: true, findings: [], isArchived: true });
    expect(await verifyRun('runs/1.1.0-staging', repository.folder)).toMatchObject({
      holds: true,
      place: 'runs/1.1.0-staging:runs/1.1.0-staging/release.ipynb'
    });
  });

  test('by its tag, also when the files were changed since', async () => {
    const text = readFileSync(path);
    writeFileSync(path, '{}');
    expect((await verifyRun(path)).holds).toBe(false);
    expect((await verifyRun('runs/1.1.0-staging', repository.folder)).holds).toBe(true);
    writeFileSync(path, text);
  });

  test('also when an earlier version wrote it, which called an attempt that was held a failed one', async () => {
    const held = await executeRun(repository, {
      release: '1.0.9',
      stories: { 'closing-checklist': { isHeld: true } }
    });
    await archiveRun(held, { unfinished: true });
    const manifest = JSON.parse(readFileSync(manifestPathOf(held), 'utf8')) as Manifest;
    const text = readFileSync(held, 'utf8').replaceAll('☐ held 2026', '✗ failed 2026');
    const cells = cellHashes(JSON.parse(text) as Notebook);
    writeFileSync(held, text);
    const notebook = manifestFile(manifest.notebook.name, text);
    writeFileSync(manifestPathOf(held), sealed({ ...manifest, notebook, cells }));
    expect(await verifyRun(held)).toMatchObject({ holds: true, findings: [] });
    writeFileSync(held, text.replaceAll('✗ failed 2026', '☑ passed 2026'));
    expect((await verifyRun(held)).findings.map(({ code }) => code)).toContain('step.times');
  });

  test('after a clone', async () => {
    repository.git('push', '--quiet', 'origin', 'main');
    repository.git('clone', '--quiet', repository.remote, 'clone');
    expect((await verifyRun(`${repository.folder}/clone/runs/1.1.0-staging/release.ipynb`)).holds).toBe(true);
  });
});

describe('A change is found:', () => {
  test(`each of ${CHANGES} random changes of one byte, with the file and a line`, async () => {
    const random = makeRandom(20261124);
    const kinds = ['notebook', 'journal', 'manifest'] as const;
    const missed: string[] = [];
    for (let count = 0; count < CHANGES; count++) {
      const kind = kinds[Math.floor(random() * kinds.length)]!;
      const bytes = Buffer.from(files[kind]!);
      const offset = Math.floor(random() * bytes.length);
      bytes[offset] = (bytes[offset]! + 1 + Math.floor(random() * 255)) % 256;
      const { holds, findings } = await verify({ ...files, [kind]: bytes });
      const isNamed = findings.some(finding => finding.file === files.names[kind] && finding.line >= 1);
      if (holds || !isNamed) {
        missed.push(`${kind} at ${offset}: ${JSON.stringify(findings)}`);
      }
    }
    expect(missed).toEqual([]);
  });

  test.each(['notebook', 'journal', 'manifest'] as const)(
    'a byte more or less at the end of the %s',
    async kind => {
      for (const bytes of [files[kind]!.subarray(0, -1), Buffer.concat([files[kind]!, Buffer.from(' ')])]) {
        expect((await verify({ ...files, [kind]: bytes })).holds).toBe(false);
      }
    }
  );

  test('in an output, with the cell', async () => {
    const notebook = JSON.parse(files.notebook.toString()) as Notebook;
    const outputs = [{ output_type: 'stream', name: 'stdout', text: ['another\n'] }];
    const cells = notebook.cells.map(cell => (cell.id === 'before' ? { ...cell, outputs } : cell));
    const text = notebookText({ ...notebook, cells });
    const [finding] = (await verify({ ...files, notebook: Buffer.from(text) })).findings;
    expect(finding).toMatchObject({
      code: 'notebook.changed',
      text: expect.stringMatching(/the cell before differs/)
    });
    expect(text.split('\n')[finding!.line - 1]).toContain('"id": "before"');
  });

  test('the last record taken away', async () => {
    const lines = files.journal!.toString().split('\n');
    const journal = Buffer.from(`${lines.slice(0, -2).join('\n')}\n`);
    expect((await verify({ ...files, journal })).findings[0]).toMatchObject({
      code: 'journal.changed',
      line: lines.length - 2
    });
  });

  test('a step whose text is not the one that ran, even when somebody made a new manifest for it', async () => {
    const notebook = JSON.parse(files.notebook.toString()) as Notebook;
    const cells = notebook.cells.map(cell =>
      cell.id === 'verify' ? { ...cell, source: ['// nothing to see'] } : cell
    );
    const changed = Buffer.from(notebookText({ ...notebook, cells }));
    const { findings } = await verify({ ...files, notebook: changed, manifest: null });
    expect(findings.map(finding => finding.code)).toEqual(['step.edited']);
  });

  test('times under a step that are not those of the journal, even with a new manifest', async () => {
    const changed = Buffer.from(
      files.notebook.toString().replaceAll('attempt 2, Ann Lee', 'attempt 1, Ann Lee')
    );
    const manifest = JSON.parse(files.manifest!.toString()) as Manifest;
    const forged = Buffer.from(
      sealed({ ...manifest, notebook: { ...manifest.notebook, sha256: hashOf(changed) } })
    );
    const { findings } = await verify({ ...files, notebook: changed, manifest: forged });
    expect(findings.map(finding => finding.code)).toEqual(['step.times']);
  });

  test('a journal of another run', async () => {
    const other = await executeRun(repository, { release: '1.2.0' });
    const { findings } = await verify({
      ...files,
      journal: readFileSync(journalPathOf(other, true)),
      manifest: null
    });
    expect(findings.map(finding => finding.code)).toContain('notebook.other_run');
  });
});

describe('A run that was not archived yet', () => {
  test('is checked as far as its journal goes, and said to be none', async () => {
    const fresh = await executeRun(repository, { release: '1.3.0' });
    expect(await verifyRun(fresh)).toMatchObject({ holds: true, isArchived: false });
    copyFileSync(path, fresh);
    expect((await verifyRun(fresh)).holds).toBe(false);
  });

  test('neither file nor tag is a wrong call', async () => {
    await expect(verifyRun('runs/none', repository.folder)).rejects.toMatchObject({ code: 'verify.unknown' });
  });
});

function verify(changed: ArchiveFiles): Promise<Verification> {
  return verifyArchive(changed, new SignatureChecks(signersAt(path)));
}

function hashOf(bytes: Buffer): string {
  return sha256(bytes);
}
