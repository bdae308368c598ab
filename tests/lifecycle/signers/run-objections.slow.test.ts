// What a journal says and its decisions do not carry is told wherever people look: status, report and archive, not by verify alone.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { journalPathOf } from '../../../contract/notebook/notebook.js';
import { archiveFacts } from '../../../lifecycle/facts/archive-facts.js';
import { readRun } from '../../../lifecycle/notebook/read-run.js';
import { runReport } from '../../../lifecycle/report/run-report.js';
import { runObjections } from '../../../lifecycle/signers/run-objections.js';
import { runStatus } from '../../../lifecycle/status/run-status.js';
import { makeSigners, type Signers } from '../../run/signers.js';
import { makeRepository, type Repository } from '../executed-run.js';
import { changeDecision, filesOf, forge, makeSignedArchive } from '../verify/signed-archive.js';

let signers: Signers;
let repository: Repository;
let path: string;

beforeAll(async () => {
  signers = makeSigners(['quinn', 'omar', 'ann']);
  repository = await makeRepository();
  path = await makeSignedArchive(repository, signers);
});

afterAll(() => {
  repository.remove();
  signers.remove();
});

test('Of an untouched run nothing is objected, and its status is green', async () => {
  const objections = await runObjections(path);
  expect(objections).toEqual([]);
  expect(runStatus(path, { objections }).health.color).toBe('green');
});

test('A decision that was rewritten is told by status, report and archive', async () => {
  const forged = forge(
    filesOf(path),
    changeDecision('omar', body => ({ ...body, decision: { ...body.decision, comment: 'Looks fine' } }))
  );
  writeFileSync(journalPathOf(path, true), forged.journal!);
  const objections = await runObjections(path);
  expect(objections).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/signed decision of omar on “QA sign-off”, but .* the comment\.$/)
    ])
  );
  const { color, reason } = runStatus(path, { objections }).health;
  expect({ color, reason }).toEqual({
    color: 'red',
    reason: expect.stringMatching(/^its decisions do not carry it: /)
  });
  expect((await runReport(path, 'md')).text).toContain('signed decision of omar');
  expect(archiveFacts(readRun(path), [], objections).deviations).toEqual(expect.arrayContaining(objections));
});
