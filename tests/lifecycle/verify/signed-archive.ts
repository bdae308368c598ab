// An archive whose hold point two people released with real SSH signatures, and what a forger does to it: records changed, the chain
// linked anew, the manifest sealed anew, so that nothing but the decisions themselves can tell.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApprovalRules } from '../../../contract/approval-rules.js';
import type { ApprovalState } from '../../../contract/hold.js';
import type { RecordBody } from '../../../contract/journal.js';
import { journalPathOf, runOf, tokenFolderOf, type Notebook } from '../../../contract/notebook.js';
import { outlineOf } from '../../../contract/outline.js';
import { replay } from '../../../contract/reduce.js';
import { archiveRun } from '../../../lifecycle/archive/archive-run.js';
import { manifestFile, manifestPathOf, sealed, type Manifest } from '../../../lifecycle/archive/manifest.js';
import { tokensBeside } from '../../../lifecycle/notebook/token-files.js';
import type { ArchiveFiles } from '../../../lifecycle/verify/verification.js';
import { bindContent, bindShown } from '../../../runbook/hold/bind-content.js';
import { contentHash } from '../../../runbook/hold/content-hash.js';
import { CHAIN_START, freezeBody, linkLine } from '../../../runbook/journal/chain.js';
import { readJournal } from '../../../runbook/journal/read-journal.js';
import { readToken, type SignedStatement } from '../../../runbook/signature/token.js';
import type { Signers } from '../../kernel/host/signers.js';
import { executeRun, type Repository } from '../executed-run.js';

/** Both must sign, and neither may drive. */
const RULES: ApprovalRules = {
  required: 2,
  grade: 'signed',
  fourEyes: true,
  comment: false,
  everyone: false,
  seats: [{ name: 'qa', members: ['quinn', 'omar', 'ann'] }],
  form: [],
  remindEveryMs: null,
  escalation: null,
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
  if (repository.git('status', '--porcelain') !== '') {
    repository.commit('Name the signers');
  }
  const path = await executeRun(repository, { release });
  const journal = readFileSync(journalPathOf(path, true), 'utf8');
  const signed = await signedBodies(bodiesOf(journal), readNotebook(path), signers);
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
  signers: Signers
): Promise<TimedBody[]> {
  const signed: TimedBody[] = [];
  for (const body of bodies) {
    if (body.kind === 'approval-requested') {
      const state = replay(
        bodiesOf(linked(signed)).map((before, index) => ({ ...before, seq: index + 1, prev: '' }))
      );
      const content = { run: runOf(notebook), outline: outlineOf(notebook.cells), cells: notebook.cells };
      const shown = bindShown(body.request.question, EVIDENCE);
      const binding = bindContent({ content, state, sources: {} }, body.step, shown);
      const request = { ...body.request, approvers: ['qa'], evidence: EVIDENCE, rules: RULES };
      signed.push({ ...body, request, binding, content: contentHash(binding) });
    } else if (body.kind === 'approval-decided') {
      const asked = signed.findLast(before => before.kind === 'approval-requested') as Asked;
      signed.push(await decided(body, asked, 'quinn', notebook, signers));
      signed.push(await decided(body, asked, 'omar', notebook, signers));
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
  const approval = asked as Pick<ApprovalState, 'name' | 'step' | 'content'>;
  const run = runOf(notebook)!.id;
  const token = await signers.sign(approval, by, { run, at: body.at, comment: 'Tried it' });
  const signature = { token, id: readToken(token).statement.id, key: signers.fingerprintOf(by), signers: '' };
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
