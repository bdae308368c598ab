// Outputs of an archive against the journal: an untouched archive verifies whatever its steps showed, and of seeded changes of an output,
// each sealed into the manifest again, every one is found and named.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import type { RecordBody } from '../../../contract/journal/journal.js';
import { journalPathOf, manifestPathOf, type Notebook } from '../../../contract/notebook/notebook.js';
import type { RecordedOutput } from '../../../contract/notebook/output.js';
import { archiveRun } from '../../../lifecycle/archive/archive-run.js';
import type { ArchiveFiles, Verification } from '../../../lifecycle/findings/verification.js';
import { cellHashes, manifestFile, sealed, type Manifest } from '../../../lifecycle/manifest/manifest.js';
import { markOf, type CodeCell, type Output } from '../../../lifecycle/notebook/archive-marks.js';
import { notebookText } from '../../../lifecycle/notebook/notebook-text.js';
import { signersAt } from '../../../lifecycle/signers/allowed-signers.js';
import { SignatureChecks } from '../../../record/decisions/signature-checks.js';
import { verifyArchive } from '../../../lifecycle/verify/verify-archive.js';
import { CHAIN_START, freezeBody, linkLine } from '../../../record/journal/chain.js';
import { readJournal } from '../../../record/journal/read-journal.js';
import { rounds } from '../../proof.js';
import { makeRandom } from '../../random.js';
import { executeRun, makeRepository, type Repository } from '../executed-run.js';

const CHANGES = rounds({ inTest: 15, inProof: 1000 });
const RUNS = rounds({ inTest: 1, inProof: 30 });
let repository: Repository;

beforeAll(async () => {
  repository = await makeRepository();
});

afterAll(() => repository.remove());

type Random = () => number;

function oneOf<T>(random: Random, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)]!;
}

/** What a step may show: prints, bars that overwrite themselves, displays that are updated and emptied, results, errors, and too much. */
function showSomething(random: Random): RecordedOutput[] {
  const word = (): string =>
    oneOf(random, ['ready', 'healthy', 'rolled out', 'ünïcödé ☑', '<b>bold</b>', '']);
  const kinds: readonly (() => RecordedOutput[])[] = [
    () => [{ kind: 'stream', name: oneOf(random, ['stdout', 'stderr']), text: `${word()}\n${word()}\n` }],
    () => [{ kind: 'stream', name: 'stdout', text: `10 %\r50 %\r${word()}\rdone\n1234\b\b56\n` }],
    () => [
      {
        kind: 'display',
        data: { 'text/html': '<div>0</div>', 'text/plain': '0' },
        metadata: {},
        displayId: 'live'
      },
      { kind: 'stream', name: 'stdout', text: 'meanwhile\n' },
      {
        kind: 'update',
        data: { 'text/html': '<div>9</div>', 'text/plain': word() },
        metadata: {},
        displayId: 'live'
      }
    ],
    () => [
      { kind: 'display', data: { 'text/markdown': '**gone**' }, metadata: {} },
      { kind: 'clear', wait: random() < 0.5 },
      {
        kind: 'display',
        data: { 'application/json': { b: 1, a: [word()] }, 'text/plain': 'x' },
        metadata: {}
      }
    ],
    () => [{ kind: 'result', data: { 'text/plain': word() }, metadata: {}, executionCount: 3 }],
    () => [{ kind: 'error', ename: 'Error', evalue: word(), traceback: ['Error', word()] }],
    () => [{ kind: 'stream', name: 'stdout', text: `${word()} line\n`.repeat(40_000) }],
    () => [
      {
        kind: 'display',
        data: { 'image/png': 'aGVsbG8='.repeat(9000), 'text/plain': 'a picture' },
        metadata: {}
      }
    ]
  ];
  return Array.from({ length: Math.floor(random() * 4) }, () => oneOf(random, kinds)()).flat();
}

/** A run whose journal has outputs, and whose notebook was saved without some of them. Its path. */
async function runWithOutputs(random: Random, release: string): Promise<string> {
  const path = await executeRun(repository, { release });
  let end = CHAIN_START;
  let text = '';
  for (const { seq, at, prev, ...body } of readJournal(readFileSync(journalPathOf(path, true), 'utf8'))
    .records) {
    const shown: RecordBody[] = body.kind === 'attempt-ended' ? outputsOf(random, body) : [];
    for (const each of [...shown, body]) {
      const linked = linkLine(end, at, freezeBody(each));
      end = linked.end;
      text += `${linked.line}\n`;
    }
    expect([seq > 0, prev.length]).toEqual([true, 64]);
  }
  writeFileSync(journalPathOf(path, true), text);
  const notebook = JSON.parse(readFileSync(path, 'utf8')) as Notebook;
  const cells = notebook.cells.map(cell =>
    cell.cell_type === 'code' && random() < 0.5 ? { ...cell, outputs: [], execution_count: null } : cell
  );
  writeFileSync(path, notebookText({ ...notebook, cells }));
  return path;
}

function outputsOf(random: Random, { step, attempt }: { step: string; attempt: number }): RecordBody[] {
  let upTo = 0;
  return Array.from({ length: 1 + Math.floor(random() * 2) }, () => {
    const outputs = showSomething(random);
    upTo += outputs.length;
    return { kind: 'output', step, attempt, upTo, outputs };
  });
}

function filesOf(path: string): ArchiveFiles {
  const names = { notebook: 'n', journal: 'j', manifest: 'm', tokens: 't' };
  return {
    names,
    tokens: [],
    notebook: readFileSync(path),
    journal: readFileSync(journalPathOf(path, true)),
    manifest: readFileSync(manifestPathOf(path))
  };
}

const verify = (files: ArchiveFiles): Promise<Verification> =>
  verifyArchive(files, new SignatureChecks(signersAt('.')));

/** The archive with these cells, its manifest written again by somebody who knows how. */
function resealed(files: ArchiveFiles, cells: Notebook['cells']): ArchiveFiles {
  const notebook = { ...(JSON.parse(files.notebook.toString()) as Notebook), cells };
  const text = notebookText(notebook);
  const manifest = JSON.parse(files.manifest!.toString()) as Manifest;
  const changed = {
    ...manifest,
    notebook: manifestFile(manifest.notebook.name, text),
    cells: cellHashes(JSON.parse(text) as Notebook)
  };
  return { ...files, notebook: Buffer.from(text), manifest: Buffer.from(sealed(changed)) };
}

type Change = (
  random: Random,
  outputs: readonly Output[],
  others: readonly Output[]
) => readonly Output[] | null;

function textChanged(text: unknown, random: Random): unknown {
  const lines = typeof text === 'string' ? [text] : [...(text as readonly string[])];
  const place = Math.floor(random() * lines.length);
  const line = lines[place]!;
  const at = Math.floor(random() * line.length);
  lines[place] = `${line.slice(0, at)}${line[at] === 'z' ? 'y' : 'z'}${line.slice(at + 1)}`;
  return lines;
}

const CHANGE: { readonly [name: string]: Change } = {
  'its text': (random, outputs) => {
    const place = Math.floor(random() * outputs.length);
    const output = outputs[place];
    if (output === undefined) {
      return null;
    }
    const changed: Output | null =
      output.text !== undefined && (output.text as readonly string[]).length > 0
        ? ({ ...output, text: textChanged(output.text, random) } as Output)
        : output.data?.['text/plain'] !== undefined &&
            (output.data['text/plain'] as readonly string[]).length > 0
          ? {
              ...output,
              data: { ...output.data, 'text/plain': textChanged(output.data['text/plain'], random) }
            }
          : output['evalue'] !== undefined
            ? { ...output, evalue: `${String(output['evalue'])}!` }
            : null;
    return changed && outputs.map((each, index) => (index === place ? changed : each));
  },
  'the order': (_random, outputs) => {
    const reversed = outputs.toReversed();
    return JSON.stringify(reversed) === JSON.stringify(outputs) ? null : reversed;
  },
  'one removed': (random, outputs) =>
    outputs.length === 0 ? null : outputs.toSpliced(Math.floor(random() * outputs.length), 1),
  'one added': (random, outputs) =>
    outputs.toSpliced(Math.floor(random() * (outputs.length + 1)), 0, {
      output_type: 'stream',
      name: 'stdout',
      text: ['all is well\n']
    }),
  'another MIME type': (_random, outputs) => {
    const place = outputs.findIndex(({ data }) => data !== undefined);
    const output = outputs[place];
    return output === undefined
      ? null
      : outputs.with(place, { ...output, data: { ...output.data, 'text/latex': ['$x$'] } });
  },
  'those of another cell': (_random, outputs, others) =>
    JSON.stringify(others) === JSON.stringify(outputs) ? null : others
};

test('an untouched archive verifies, whatever its steps have shown and the page has saved', async () => {
  for (let seed = 1; seed <= RUNS; seed++) {
    const path = await runWithOutputs(makeRandom(seed), `2.0.${seed}`);
    await archiveRun(path);
    const { findings } = await verify(filesOf(path));
    expect([seed, findings]).toEqual([seed, []]);
    const before = readFileSync(path, 'utf8');
    expect((await archiveRun(path)).isNew).toBe(false);
    expect(readFileSync(path, 'utf8')).toBe(before);
  }
}, 300_000);

test(`each of ${CHANGES} seeded changes of an output is found, in the cell where it is`, async () => {
  const random = makeRandom(20261129);
  const path = await runWithOutputs(makeRandom(7), '3.0.0');
  await archiveRun(path);
  const files = filesOf(path);
  const { cells } = JSON.parse(files.notebook.toString()) as { cells: CodeCell[] };
  const steps = cells.filter(cell => cell.cell_type === 'code' && markOf(cell.metadata) === null);
  const own = (cell: CodeCell): readonly Output[] =>
    cell.outputs!.filter(({ metadata }) => markOf(metadata) === null);
  const missed: string[] = [];
  const counts: { [name: string]: number } = {};
  for (let made = 0; made < CHANGES;) {
    const [name, change] = oneOf(random, Object.entries(CHANGE));
    const cell = oneOf(random, steps);
    const changed = change(random, own(cell), own(oneOf(random, steps)));
    if (changed === null) {
      continue;
    }
    made += 1;
    counts[name] = (counts[name] ?? 0) + 1;
    const times = cell.outputs!.filter(({ metadata }) => markOf(metadata) !== null);
    const outputs = [...changed, ...times];
    const seen = await verify(
      resealed(
        files,
        cells.map(each => (each === cell ? { ...each, outputs } : each))
      )
    );
    const found = seen.findings.filter(({ code }) => code === 'outputs.changed');
    if (found.length !== 1 || !found[0]!.text.includes(`the step ${cell.id},`)) {
      missed.push(`${name} in ${cell.id}: ${JSON.stringify(seen.findings)}`);
    }
  }
  expect(missed).toEqual([]);
  expect(Object.keys(counts).sort()).toEqual(Object.keys(CHANGE).sort());
}, 600_000);
