// The way from the first command to the archive with a passkey, in a real repository: what the fixture of passkey-archive.slow.test.ts was
// made with goes on to work.
import { afterEach, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { runObjections } from '../../../lifecycle/signers/run-objections.js';
import { readRun } from '../../../lifecycle/notebook/read-run.js';
import { makeSandbox, type Sandbox } from '../../cli/launchbook.js';
import { PAGE, Passkey } from '../../contract/signature/authenticator.js';
import { makeSigners, type Signers } from '../../run/signers.js';
import { makePasskeyRun } from './passkey-run.js';

let box: Sandbox;
let signers: Signers;

afterEach(() => {
  box.remove();
  signers.remove();
});

test('a passkey and a key release a run; archive, status and verify tell with what, and hold after the passkey was ended', async () => {
  box = makeSandbox();
  signers = makeSigners(['bob']);
  const run = await makePasskeyRun(box, signers, new Passkey('ann'));
  const path = join(box.folder, run);
  const { state, notebook } = readRun(path);
  const decisions = Object.values(state.approvals).at(-1)!.decisions;
  expect(decisions.map(({ signature }) => [signature?.means, signature?.origin, signature?.synced])).toEqual(
    expect.arrayContaining([
      ['passkey', PAGE.origin, false],
      ['key', undefined, undefined]
    ])
  );
  expect(await runObjections(path)).toEqual([]);
  expect(box.spawn('verify', run, '--json')).toMatchObject({ code: 0 });
  expect(box.spawn('status', run).stdout).toContain(
    `a passkey signed it on ${PAGE.origin}: a person whom the device had verified`
  );
  const summary = JSON.stringify(notebook.cells.find(({ id }) => id === 'launchbook-summary'));
  expect(summary).toContain('ann (signed, passkey, not synced)');
  expect(summary).toContain('bob (signed, key)');
  expect(box.spawn('report', run).stdout).toContain('a passkey signed it on');
}, 120_000);
