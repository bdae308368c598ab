// What went against the policy stands in the first lines of the archive and turns the status amber, also after everything has passed.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import type { RecordBody } from '../../../contract/journal/journal.js';
import type { RecordedPolicy } from '../../../contract/holds/policy.js';
import { summaryCell } from '../../../lifecycle/archive/summary-cell.js';
import { archiveFacts } from '../../../lifecycle/facts/archive-facts.js';
import { readRun } from '../../../lifecycle/notebook/read-run.js';
import { ANN, BOB } from '../../contract/sample-journal.js';
import { journalText } from '../journal-text.js';
import { DONE, RUN, summaryOf } from '../status/summaries.js';

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach(folder => rmSync(folder, { recursive: true, force: true })));

/** The lines of the first cell of the archive of a run with these records. */
function linesOf(bodies: readonly RecordBody[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'launchbook-archive-'));
  folders.push(folder);
  const path = join(folder, 'release.ipynb');
  writeFileSync(
    path,
    JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: { launchbook: { run: RUN } }, cells: [] })
  );
  writeFileSync(join(folder, 'release.journal.jsonl'), journalText(bodies));
  return [summaryCell(archiveFacts(readRun(path), []), 'release.journal.jsonl').source]
    .flat()
    .join('')
    .split('\n');
}

const policy = (required: number): RecordBody => ({
  kind: 'policy-read',
  policy: {
    groups: {},
    approvals: { required },
    phases: {},
    breakGlass: null,
    driverVanishedMs: 900_000,
    allowedSigners: null,
    hub: null
  } satisfies RecordedPolicy,
  hash: String(required),
  holds: true,
  by: ANN
});
const broken: RecordBody[] = DONE.map(body =>
  body.kind === 'approval-decided'
    ? {
        kind: 'glass-broken',
        approval: body.approval,
        by: BOB,
        reason: 'Orders are down, and QA *sleeps*'
      }
    : body
);

test('a broken glass: which hold point, who, when and why, below the outcome', () => {
  const [first, empty, second] = linesOf(broken);
  expect(first).toMatch(/^\*\*Release 2\.4\.0 in staging passed\.\*\*/);
  expect(empty).toBe('');
  expect(second).toMatch(
    /^\*\*RELEASED AGAINST THE POLICY:\*\* “QA sign-off” by .+ \(signed\) at 2026-11-22 08:00:\d\d UTC: Orders are down, and QA \\\*sleeps\\\*$/
  );
});

test('a policy that was weakened on the way, and in the deviations one that asked for more', () => {
  const lines = linesOf([...DONE, policy(2), policy(3), policy(1)]);
  expect(lines[2]).toMatch(
    /^\*\*THE POLICY WAS WEAKENED\*\* at .* UTC: Every hold point: required was 3 and is 1\.$/
  );
  expect(lines.join('\n')).toMatch(
    /- The kernel of Ann Lee \(claimed\) took up a launchbook\.yml that asks for more, .*: Every hold point: required was 2 and is 3\./
  );
});

test('neither is said where nothing went against the policy', () => {
  expect(linesOf(DONE)[2]).toMatch(/^Live run/);
});

test('the status of a run whose policy was weakened is amber with the rule', () => {
  expect(summaryOf(DONE).health.color).toBe('green');
  expect(summaryOf([...DONE, policy(2), policy(1)]).health).toEqual({
    color: 'amber',
    reason: 'the policy was weakened: Every hold point: required was 2 and is 1'
  });
});
