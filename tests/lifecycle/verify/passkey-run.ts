// A run that the real command executes and archives, whose hold point a passkey and an SSH key have released. The owner of the passkey
// loses it afterwards: its line in allowed_signers gets an end.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApprovalState } from '../../../contract/holds/hold.js';
import { tokenFolderOf } from '../../../contract/notebook/notebook.js';
import { readRun } from '../../../lifecycle/notebook/read-run.js';
import { writeToken } from '../../../record/signature/token.js';
import type { Sandbox } from '../../cli/launchbook.js';
import { PAGE, type Passkey } from '../../contract/signature/authenticator.js';
import { statementOf, type Signers } from '../../run/signers.js';

/** Whose line ends, and when. */
export const ENDED = { option: 'valid-before="20270101"', day: '2027-01-01' } as const;

const CODE = { cell_type: 'code', metadata: {}, outputs: [], execution_count: null };
const HEADING = { cell_type: 'markdown', metadata: {} };
const CELLS = [
  { ...HEADING, id: 'title', source: '# Release' },
  { ...HEADING, id: 'sign-off', source: '## Sign-off' },
  { ...CODE, id: 'ask', source: "await approval('QA sign-off', { question: 'May 2.4.0 go out?' })" },
  { ...HEADING, id: 'deploy', source: '## Deploy' },
  { ...CODE, id: 'ship', source: "console.log('shipped')" }
];
const PROFILE = `decide:
  rpId: ${PAGE.rpId}
  origins: ['${PAGE.origin}']
groups:
  qa: [ann, bob]
environments:
  staging:
    policy:
      approvals: { approvers: [qa], required: 2, grade: signed, means: [passkey, key], synced: false }
`;

/** Makes it in the repository of `box` and gives the notebook's path in it. Bob signs with a key of `signers`, Ann with `phone`. */
export async function makePasskeyRun(box: Sandbox, signers: Signers, phone: Passkey): Promise<string> {
  const metadata = { kernelspec: { name: 'launchbook', display_name: '', language: 'typescript' } };
  box.write('release.ipynb', { cells: CELLS, metadata, nbformat: 4, nbformat_minor: 5 });
  box.write('launchbook.yml', PROFILE);
  box.write('allowed_signers', `${phone.line}\n${readFileSync(signers.allowedSigners, 'utf8')}`);
  box.git('init', '--template=', '--quiet', '--initial-branch=main');
  box.git('config', 'user.name', 'Ann Lee');
  box.git('config', 'user.email', 'ann@example.com');
  box.commit();
  const made = box.spawn('new', 'release.ipynb', '--release', '2.4.0', '--env', 'staging');
  const run = made.stdout.trim();
  const path = join(box.folder, run);
  expectCode(box.spawn('run', run), 3);
  const { state } = readRun(path);
  const approval = Object.values(state.approvals).at(-1)!;
  const ofRun = { run: state.run!.id };
  const tokens = [passkeyToken(approval, phone, ofRun), await signers.sign(approval, 'bob', ofRun)];
  mkdirSync(tokenFolderOf(path), { recursive: true });
  tokens.forEach((token, index) => writeFileSync(join(tokenFolderOf(path), `${index}.token`), `${token}\n`));
  expectCode(box.spawn('run', run), 0);
  expectCode(box.spawn('archive', run), 0);
  const line = phone.line.replace('valid-after', `${ENDED.option},valid-after`);
  box.write('allowed_signers', `${line}\n${readFileSync(signers.allowedSigners, 'utf8')}`);
  box.git('commit', '--quiet', '--all', '--message', 'Ann lost her phone');
  return run;
}

function passkeyToken(approval: ApprovalState, phone: Passkey, ofRun: { readonly run: string }): string {
  const text = statementOf(approval, phone.name, ofRun);
  return writeToken(text, phone.sign(text));
}

function expectCode(
  ended: { readonly code: number | null; readonly stdout: string; readonly stderr: string },
  code: number
): void {
  if (ended.code !== code) {
    throw new Error(
      `The command ended with ${ended.code}, expected ${code}: ${ended.stdout}\n${ended.stderr}`
    );
  }
}
