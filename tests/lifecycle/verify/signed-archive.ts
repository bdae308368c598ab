// An archive whose hold point two people released with real SSH signatures, and what a forger does to it: records changed, the chain
// linked again, the manifest sealed again, so that nothing but the decisions themselves can tell.
import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { ApprovalRules } from '../../../contract/holds/hold-rules.js';
import type { PolicyFile } from '../../../contract/base/run.js';
import type { RecordedPolicy } from '../../../contract/holds/policy.js';
import type { RecordBody } from '../../../contract/journal/journal.js';
import {
  journalPathOf,
  manifestPathOf,
  runOf,
  tokenFolderOf,
  type Notebook
} from '../../../contract/notebook/notebook.js';
import { readOutline } from '../../../record/source/read-outline.js';
import { foldJournal } from '../../../contract/reduce/reduce.js';
import { archiveRun } from '../../../lifecycle/archive/archive-run.js';
import { manifestFile, sealed, type Manifest } from '../../../lifecycle/manifest/manifest.js';
import { tokensBeside } from '../../../lifecycle/notebook/token-files.js';
import type { ArchiveFiles } from '../../../lifecycle/findings/verification.js';
import { bindContent, bindShown } from '../../../record/policy/bind-content.js';
import { policyOfText } from '../../../record/profile/recorded-policy.js';
import { contentHash, rulesHash } from '../../../record/policy/content-hash.js';
import { holdPolicyHash, policyHash } from '../../../record/policy/policy-hash.js';
import { CHAIN_START, freezeBody, linkLine } from '../../../record/journal/chain.js';
import { readJournal } from '../../../record/journal/read-journal.js';
import { readToken, type SignedStatement } from '../../../record/signature/token.js';
import type { Signers } from '../../run/signers.js';
import { executeRun, type Repository } from '../executed-run.js';

/** Both must sign, and neither may drive: the hub vouches for who does. */
const RULES: ApprovalRules = {
  required: 2,
  grade: 'signed',
  fourEyes: true,
  driverGrade: 'authenticated',
  comment: false,
  everyone: false,
  seats: [{ name: 'qa', members: ['quinn', 'omar', 'ann'] }],
  form: [],
  remindEveryMs: null,
  escalation: null,
  breakGlass: []
};

/** What launchbook.yml asks: the same. */
const POLICY = {
  approvals: { approvers: ['qa'], required: 2, grade: 'signed', fourEyes: true },
  breakGlass: []
};

const EVIDENCE = [{ label: 'Services', text: 'orders 1.1.0 healthy' }];

/** A record with its time, as a change of the journal gives and takes it. */
export type TimedBody = RecordBody & { readonly at: string };

/** Commits the keys, executes a run whose hold point Quinn and Omar released, and archives it. Returns the notebook's path. */
export async function makeSignedArchive(
  repository: Repository,
  signers: Signers,
  release = '1.1.0'
): Promise<string> {
  copyFileSync(signers.allowedSigners, join(repository.folder, 'allowed_signers'));
  const profile = parse(repository.read('launchbook.yml')) as { environments: { [name: string]: object } };
  const staging = { ...profile.environments['staging'], policy: POLICY };
  const groups = { qa: ['quinn', 'omar', 'ann'] };
  const text = stringify({ ...profile, groups, environments: { ...profile.environments, staging } });
  repository.write('launchbook.yml', text);
  if (repository.git('status', '--porcelain') !== '') {
    repository.commit('Name the signers');
  }
  const read = {
    policy: policyOfText(text, 'staging'),
    file: { path: 'launchbook.yml', commit: repository.git('rev-parse', 'HEAD') }
  };
  const path = await executeRun(repository, { release });
  const journal = readFileSync(journalPathOf(path, true), 'utf8');
  const signed = await signedBodies(bodiesOf(journal), readNotebook(path), signers, read);
  writeFileSync(journalPathOf(path, true), linked(signed));
  mkdirSync(tokenFolderOf(path));
  signed.forEach(body => {
    const token = body.kind === 'approval-decided' ? body.decision.signature?.token : undefined;
    if (token) {
      writeFileSync(join(tokenFolderOf(path), `${readToken(token).statement.by}.token`), `${token}\n`);
    }
  });
  await archiveRun(path);
  return path;
}

/** The archive's files, named without folders. */
export function filesOf(path: string): ArchiveFiles {
  return {
    names: {
      notebook: 'release.ipynb',
      journal: 'release.journal.jsonl',
      manifest: 'release.archive.json',
      tokens: 'release.approvals'
    },
    notebook: readFileSync(path),
    journal: readFileSync(journalPathOf(path, true)),
    manifest: readFileSync(manifestPathOf(path)),
    tokens: tokensBeside(path)
  };
}

/** The files after somebody changed the records and made everything else fit. Signed files are taken away with them. */
export function forge(
  files: ArchiveFiles,
  change: (bodies: readonly TimedBody[]) => readonly TimedBody[]
): ArchiveFiles {
  const journal = linked(change(bodiesOf(String(files.journal))));
  const manifest = JSON.parse(String(files.manifest)) as Manifest;
  const records = journal.split('\n').length - 1;
  const entry = { ...manifestFile('release.journal.jsonl', journal), records };
  return {
    ...files,
    journal: Buffer.from(journal),
    manifest: Buffer.from(sealed({ ...manifest, journal: entry, tokens: [] })),
    tokens: []
  };
}

/** Changes the decision of one person. */
export function changeDecision(
  who: string,
  change: (body: Decided) => TimedBody | null
): (bodies: readonly TimedBody[]) => readonly TimedBody[] {
  return bodies =>
    bodies.flatMap(body =>
      body.kind === 'approval-decided' && body.decision.by.username === who ? (change(body) ?? []) : [body]
    );
}

export type Decided = Extract<RecordBody, { kind: 'approval-decided' }> & { readonly at: string };

/** The 1-based line of a person's decision. */
export function lineOfDecision({ journal }: ArchiveFiles, who: string): number {
  const index = bodiesOf(String(journal)).findIndex(
    body => body.kind === 'approval-decided' && body.decision.by.username === who
  );
  return index + 1;
}

/** The recorded decision of a person. */
export function decisionOf({ journal }: ArchiveFiles, who: string): Decided {
  return bodiesOf(String(journal)).find(
    body => body.kind === 'approval-decided' && body.decision.by.username === who
  ) as Decided;
}

/** A decision with another token, whose statement it follows when `follows` is set. */
export function withToken(body: Decided, token: string, other: Partial<Decided['decision']> = {}): Decided {
  const signature = { ...body.decision.signature!, token, id: readToken(token).statement.id };
  return { ...body, decision: { ...body.decision, ...other, signature } };
}

/** What was signed. */
export function statementOf({ decision }: Decided): SignedStatement {
  return readToken(decision.signature!.token).statement;
}

function bodiesOf(journal: string): TimedBody[] {
  return readJournal(journal).records.map(record =>
    Object.fromEntries(Object.entries(record).filter(([key]) => key !== 'seq' && key !== 'prev'))
  ) as unknown as TimedBody[];
}

function linked(bodies: readonly TimedBody[]): string {
  let end = CHAIN_START;
  return bodies
    .map(({ at, ...body }) => {
      const next = linkLine(end, at, freezeBody(body));
      end = next.end;
      return `${next.line}\n`;
    })
    .join('');
}

/** The request with rules and binding as the kernel writes them, and the two signed decisions. */
async function signedBodies(
  bodies: readonly TimedBody[],
  notebook: Notebook,
  signers: Signers,
  { policy, file }: { readonly policy: RecordedPolicy; readonly file: PolicyFile }
): Promise<TimedBody[]> {
  const signed: TimedBody[] = [];
  for (const body of bodies) {
    if (body.kind === 'outline') {
      const by = { username: 'ann', name: 'Ann Lee', grade: 'claimed' as const };
      const read = {
        kind: 'policy-read' as const,
        policy,
        hash: policyHash(policy),
        holds: true,
        by,
        file,
        isProduction: false
      };
      signed.push(body, { ...read, at: body.at });
    } else if (body.kind === 'approval-requested') {
      const state = foldJournal(
        bodiesOf(linked(signed)).map((before, index) => ({ ...before, seq: index + 1, prev: '' }))
      );
      const content = { run: runOf(notebook), outline: readOutline(notebook.cells), cells: notebook.cells };
      const shown = bindShown(body.request.question, EVIDENCE);
      const approvers = ['qa'];
      const bound = bindContent({ content, state, sources: {} }, body.step, shown);
      const { phase = '' } = bound;
      const rules = rulesHash(approvers, RULES);
      const binding = { ...bound, policy: holdPolicyHash(policy, phase), rules };
      const asked = { approvers, evidence: EVIDENCE, rules: RULES, nonce: randomUUID(), after: 0 };
      const request = { ...body.request, ...asked };
      signed.push({ ...body, phase, request, binding, content: contentHash(binding) });
    } else if (body.kind === 'approval-decided') {
      const asked = signed.findLast(before => before.kind === 'approval-requested') as Asked;
      signed.push(await decided(body, asked, 'quinn', notebook, signers));
      signed.push(await decided(body, asked, 'omar', notebook, signers));
    } else if (body.kind === 'attempt-started') {
      signed.push({ ...body, by: { ...body.by, grade: 'authenticated' } });
    } else {
      signed.push(body);
    }
  }
  return signed;
}

type Asked = Extract<RecordBody, { kind: 'approval-requested' }>;

async function decided(
  body: Decided,
  asked: Asked,
  by: string,
  notebook: Notebook,
  signers: Signers
): Promise<TimedBody> {
  const approval = { ...asked, id: asked.approval };
  const run = runOf(notebook)!.id;
  const token = await signers.sign(approval, by, { run, at: body.at, comment: 'Tried it' });
  const signature = { token, id: readToken(token).statement.id, key: signers.fingerprintOf(by) };
  const decision = {
    decision: 'approved' as const,
    by: { username: by, name: by, grade: 'signed' as const },
    at: body.at,
    comment: 'Tried it',
    signature
  };
  return { ...body, content: asked.content, decision };
}

function readNotebook(path: string): Notebook {
  return JSON.parse(readFileSync(path, 'utf8')) as Notebook;
}
