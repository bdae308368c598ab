// A forger with write access to everything: one to four changes anywhere in a signed archive, every hash that can be computed made to fit,
// the files committed and the tag moved. Whatever touches what a signed decision covers is refused or named.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { runOf, type Notebook } from '../../contract/notebook/notebook.js';
import { textOf } from '../../contract/notebook/outline.js';
import type { JournalRecord, RecordBody } from '../../contract/journal/journal.js';
import { notebookText } from '../../lifecycle/notebook/notebook-text.js';
import { cellHashes, manifestFile, sealed, type Manifest } from '../../lifecycle/manifest/manifest.js';
import type { ArchiveFiles } from '../../lifecycle/findings/verification.js';
import { verifyArchive } from '../../lifecycle/verify/verify-archive.js';
import { SignatureChecks, type AllowedSigners } from '../../record/decisions/signature-checks.js';
import { CHAIN_START, freezeBody, linkLine } from '../../record/journal/chain.js';
import { readJournal } from '../../record/journal/read-journal.js';
import { readToken } from '../../record/signature/token.js';
import { makeRepository, type Repository } from '../lifecycle/executed-run.js';
import { decisionOf, filesOf, makeSignedArchive } from '../lifecycle/verify/signed-archive.js';
import { rounds } from '../proof.js';
import { makeRandom } from '../random.js';
import { makeSigners, type Signers } from '../run/signers.js';
import {
  changeOrder,
  changeSomewhere,
  choiceOf,
  insertRecord,
  wordsOf,
  type Body,
  type Choice
} from './changes.js';
import { claimsOther, type SignedHold, type Told } from './covered.js';
import { mend } from './mend.js';
import {
  changeCell,
  changeCells,
  changeMetadata,
  changeOutputs,
  changeRun,
  changeRunEverywhere,
  changeText,
  type Change,
  type Forged
} from './notebook-changes.js';

const ARCHIVES = rounds({ inTest: 150, inProof: 3_000 });
const HOLD: SignedHold = {
  approval: 'sign-off-approval-approval',
  heading: 'sign-off',
  step: 'sign-off-approval',
  released: ['deploy', 'verify', 'closing-checklist']
};

let signers: Signers;
let repository: Repository;
let files: ArchiveFiles;
let original: Forged;
/** Tokens that the forger has: those of the archive, and some that were signed for something else or by somebody else. */
let stolen: string[];

beforeAll(async () => {
  signers = makeSigners(['quinn', 'omar', 'ann']);
  repository = await makeRepository();
  files = filesOf(await makeSignedArchive(repository, signers));
  original = {
    bodies: bodiesOf(files),
    notebook: JSON.parse(String(files.notebook)) as Notebook,
    tokens: files.tokens,
    signers: readFileSync(signers.allowedSigners, 'utf8')
  };
  stolen = await tokensOfForger();
});

afterAll(() => {
  repository.remove();
  signers.remove();
});

test('An archive that was linked and sealed again without a change holds', async () => {
  const { findings, notes } = await verify(original);
  expect({ findings, notes }).toEqual({
    findings: [],
    notes: []
  });
  expect(claimsOther(toldBy(original), toldBy(original), HOLD)).toBe(false);
});

test(
  `Of ${ARCHIVES} forged archives none is accepted that claims what nobody has signed`,
  async () => {
    const missed: string[] = [];
    let touching = 0;
    for (let seed = 1; seed <= ARCHIVES; seed += 1) {
      const choice = choiceOf(makeRandom(seed * 7919));
      const changes: string[] = [];
      let forged = original;
      for (let count = 1 + choice.below(4); count > 0; count -= 1) {
        const [name, change] = choice.pick(CHANGES);
        changes.push(name);
        forged = change(forged, choice);
      }
      forged = choice.isSo(0.7) ? mended(forged, choice) : forged;
      const isTouched = claimsOther(toldBy(original), toldBy(forged), HOLD);
      touching += isTouched ? 1 : 0;
      const { holds, notes } = await verify(forged);
      if (
        isTouched &&
        holds &&
        !notes.some(note => /^The key |cannot be compared|before “QA sign-off” was released/.test(note))
      ) {
        missed.push(`seed ${seed}: ${changes.join(', ')}`);
      }
    }
    console.log(`${ARCHIVES} forged archives, ${touching} touch what was signed, ${missed.length} missed`);
    expect(touching).toBeGreaterThan(ARCHIVES / 4);
    expect(missed).toEqual([]);
  },
  60_000 + ARCHIVES * 1_000
);

const CHANGES: readonly (readonly [name: string, change: Change])[] = [
  ['a field of a record', changeRecord(() => true)],
  ['a field of the request', changeRecord(({ kind }) => kind === 'approval-requested')],
  ['a field of the request', changeRecord(({ kind }) => kind === 'approval-requested')],
  ['a field of a decision', changeRecord(({ kind }) => kind === 'approval-decided')],
  ['a field of a decision', changeRecord(({ kind }) => kind === 'approval-decided')],
  ['the policy', changeRecord(({ kind }) => kind === 'policy-read')],
  ['the beginning', changeRecord(({ kind }) => kind === 'journal-opened')],
  ['the outline', changeRecord(({ kind }) => kind === 'outline')],
  ['an attempt', changeRecord(({ kind }) => kind === 'attempt-started')],
  ['the order', (forged, choice) => ({ ...forged, bodies: changeOrder(forged.bodies, choice) })],
  ['a record more', (forged, choice) => ({ ...forged, bodies: insertRecord(forged.bodies, choice) })],
  ['another token', changeToken],
  ['another token', changeToken],
  ['a weaker grade', weakenGrade],
  ['fewer rules', weakenRules],
  ['text of a cell', changeCell(changeText)],
  ['text of a cell', changeCell(changeText)],
  ['metadata of a cell', changeCell(changeMetadata)],
  ['outputs of a cell', changeCell(changeOutputs)],
  ['cells', changeCells],
  ['the run', changeRun],
  ['the run, everywhere', changeRunEverywhere],
  ['token files', changeFiles],
  ['allowed signers', changeSigners]
];

function changeRecord(isWanted: (body: Body) => boolean): Change {
  return (forged, choice) => {
    const places = forged.bodies.flatMap((body, index) => (isWanted(body) ? [index] : []));
    if (places.length === 0) {
      return forged;
    }
    const at = choice.pick(places);
    const words = wordsOf(forged.bodies);
    const bodies = forged.bodies.map((body, index) => {
      const { kind, at: time, ...rest } = body;
      return index === at ? { kind, at: time, ...(changeSomewhere(rest, choice, words) as object) } : body;
    });
    return { ...forged, bodies };
  };
}

/** A token that the forger has, with the words of its statement or without. */
function changeToken(forged: Forged, choice: Choice): Forged {
  const token = choice.pick(stolen);
  const { statement } = readToken(token);
  const follows = choice.isSo(0.7);
  return withDecision(forged, choice, decision => {
    const { by, at, comment, decision: verdict } = statement;
    const said = { by: { username: by, name: by, grade: 'signed' }, at, comment, decision: verdict };
    const key = signers.fingerprintOf(choice.pick(['quinn', 'omar', 'mallory']));
    const signature = { ...(decision['signature'] as object), token, id: statement.id, key };
    return { ...decision, ...(follows ? said : {}), signature };
  });
}

function weakenGrade(forged: Forged, choice: Choice): Forged {
  return withDecision(forged, choice, ({ signature: _, ...decision }) => ({
    ...decision,
    by: { ...(decision['by'] as object), grade: choice.pick(['claimed', 'authenticated']) }
  }));
}

function withDecision(
  forged: Forged,
  choice: Choice,
  change: (decision: { readonly [key: string]: unknown }) => object
): Forged {
  const places = forged.bodies.flatMap(({ kind, decision }, index) =>
    kind === 'approval-decided' && typeof decision === 'object' ? [index] : []
  );
  const at = places.length === 0 ? -1 : choice.pick(places);
  const bodies = forged.bodies.map((body, index) =>
    index === at
      ? ({ ...body, decision: change((body['decision'] ?? {}) as { [key: string]: unknown }) } as Body)
      : body
  );
  return { ...forged, bodies };
}

function weakenRules(forged: Forged, choice: Choice): Forged {
  const weaker = choice.pick([
    { required: 1 },
    { grade: 'claimed' },
    { fourEyes: false },
    { driverGrade: 'claimed' },
    { seats: [] },
    { breakGlass: null },
    { required: 0 }
  ]);
  const bodies = forged.bodies.map(body => {
    const request = body['request'] as { readonly rules?: object } | undefined;
    return body.kind === 'approval-requested'
      ? { ...body, request: { ...request, rules: { ...request?.rules, ...weaker } } }
      : body;
  });
  return { ...forged, bodies };
}

function changeFiles(forged: Forged, choice: Choice): Forged {
  const name = choice.pick(['omar.token', 'quinn.token', 'zoe.token']);
  const others = forged.tokens.filter(file => file.name !== name);
  const file = { name, bytes: Buffer.from(`${choice.pick(stolen)}\n`) };
  return { ...forged, tokens: choice.isSo(0.5) ? others : [...others, file] };
}

/** Mallory's key under the name of somebody who may decide, beside the right one or in its place. */
function changeSigners(forged: Forged, choice: Choice): Forged {
  const key = readFileSync(`${signers.keyOf('mallory')}.pub`, 'utf8');
  const who = choice.pick(['omar', 'quinn']);
  const kept = choice.isSo(0.5)
    ? forged.signers.split(/(?<=\n)/)
    : forged.signers.split(/(?<=\n)/).filter(line => !line.startsWith(who));
  return { ...forged, signers: `${kept.join('')}${choice.isSo(0.8) ? `${who} ${key}` : ''}` };
}

function mended(forged: Forged, choice: Choice): Forged {
  const texts = new Map(forged.notebook.cells.map(({ id, source }) => [id ?? '', textOf(source)]));
  return { ...forged, bodies: mend(forged.bodies, texts, choice) };
}

/** Signed by the right people for something else, by Mallory in their names, and by an older version. */
async function tokensOfForger(): Promise<string[]> {
  const [quinn, omar] = ['quinn', 'omar'].map(by => decisionOf(files, by).decision.signature!.token) as [
    string,
    string
  ];
  const asked = original.bodies.find(({ kind }) => kind === 'approval-requested')!;
  const approval = {
    id: String(asked['approval']),
    name: String(asked['name']),
    step: String(asked['step']),
    content: String(asked['content'])
  };
  const { nonce, after } = asked['request'] as { nonce: string; after: number };
  const { run, at } = readToken(omar).statement;
  const said = { version: 2 as const, approval: approval.id, nonce, after, run, at, comment: 'Tried it' };
  return [
    quinn,
    omar,
    ...(await Promise.all([
      signers.sign(approval, 'omar', { ...said }, 'mallory'),
      signers.sign(approval, 'quinn', { ...said }, 'mallory'),
      signers.sign(approval, 'omar', { ...said, decision: 'rejected' }),
      signers.sign(approval, 'omar', { ...said, nonce: 'earlier' }),
      signers.sign(approval, 'omar', { ...said, run: '1.0.0-staging-000000' }),
      signers.sign({ ...approval, content: 'f'.repeat(64) }, 'omar', { ...said }),
      signers.sign(approval, 'omar', { run, at, comment: 'Tried it' }),
      signers.sign(approval, 'ann', { ...said })
    ]))
  ];
}

function bodiesOf({ journal }: ArchiveFiles): Body[] {
  return readJournal(String(journal)).records.map(
    ({ seq: _seq, prev: _prev, ...body }: JournalRecord) => body as unknown as Body
  );
}

function toldBy({ bodies, notebook }: Forged): Told {
  const cells = notebook.cells.filter(({ id }) => !/^launchbook-(summary|timeline)$/.test(id ?? ''));
  return { bodies, cells, run: runOf(notebook) };
}

const checksBy = new Map<string, SignatureChecks>();

/** As somebody verifies it who has a clone from before: the forged file is in the tag, the right one in their branch. */
function checksOf(text: string): SignatureChecks {
  const rightful = Buffer.from(original.signers);
  const allowed: AllowedSigners = {
    name: 'allowed_signers',
    content: Buffer.from(text),
    earlier: () => Promise.resolve([{ commit: 'f'.repeat(40), content: rightful }]),
    ours: () => Promise.resolve([{ commit: 'f'.repeat(40), content: rightful }])
  };
  const checks = checksBy.get(text) ?? new SignatureChecks(allowed);
  checksBy.set(text, checks);
  return checks;
}

function verify({ bodies, notebook, tokens, signers: text }: Forged) {
  let end = CHAIN_START;
  const lines = bodies.map(({ at, ...body }) => {
    const next = linkLine(end, at, freezeBody(body as unknown as RecordBody));
    end = next.end;
    return `${next.line}\n`;
  });
  const journal = lines.join('');
  const written = notebookText(notebook);
  const before = JSON.parse(String(files.manifest)) as Manifest;
  const manifest = sealed({
    ...before,
    run: runOf(notebook)?.id ?? '',
    notebook: manifestFile('release.ipynb', written),
    journal: { ...manifestFile('release.journal.jsonl', journal), records: lines.length },
    cells: cellHashes(notebook),
    tokens: tokens.map(({ name, bytes }) => manifestFile(name, bytes))
  });
  const bytes = {
    notebook: Buffer.from(written),
    journal: Buffer.from(journal),
    manifest: Buffer.from(manifest)
  };
  return verifyArchive({ names: files.names, ...bytes, tokens }, checksOf(text));
}
