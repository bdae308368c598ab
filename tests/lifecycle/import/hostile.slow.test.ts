// Whatever a file holds, it is imported as it reads or refused with a reason, in little memory and time; nothing of it is run or fetched.
// Each is imported by a process that counts what it takes.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { root } from '../../house/root.js';
import { rounds } from '../../proof.js';
import { makeRandom } from '../../random.js';
import { hostileDocuments, mutated, mutatedWithin, type HostileDocument } from './hostile-documents.js';

const HOSTILE = rounds({ inTest: 2, inProof: 200 });
const MUTATED = rounds({ inTest: 2, inProof: 500 });
const MOST_MIB = 500;
const MOST_MS = 30_000;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'launchbook-hostile-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Tried {
  readonly file: string;
  readonly code: string;
  readonly ms: number;
  readonly mib: number;
}

/** Imports the files one after the other in one process. */
async function tryAll(documents: readonly HostileDocument[]): Promise<Tried[]> {
  const files = documents.map(({ name, bytes }, index) => {
    mkdirSync(join(folder, String(index)), { recursive: true });
    const path = join(folder, String(index), name);
    writeFileSync(path, bytes);
    return path;
  });
  const child = spawn(
    process.execPath,
    [join(root, 'lib/tests/lifecycle/import/try-documents.js'), ...files],
    {
      stdio: ['ignore', 'pipe', 'inherit']
    }
  );
  const ended = once(child, 'exit');
  const tried: Tried[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    tried.push(JSON.parse(line) as Tried);
  }
  expect(await ended).toEqual([0, null]);
  return tried;
}

/** Each sample is changed both ways. */
function isWithin(index: number): boolean {
  return index % 2 === 1;
}

function expectTame(tried: readonly Tried[], count: number): void {
  expect(tried).toHaveLength(count);
  const isKnown = ({ code }: Tried): boolean =>
    code === 'imported' || (/^import\.\w+$/.test(code) && code !== 'import.unproven');
  expect(tried.filter(each => !isKnown(each) || each.ms > MOST_MS || each.mib > MOST_MIB)).toEqual([]);
}

test(`${HOSTILE} files that were made to break a reader`, async () => {
  const all = hostileDocuments(rounds({ inTest: 36, inProof: HOSTILE }));
  const random = makeRandom(7);
  const documents =
    HOSTILE < all.length
      ? Array.from({ length: HOSTILE }, () => all[Math.floor(random() * all.length)]!)
      : all;
  expectTame(await tryAll(documents), documents.length);
}, 3_600_000);

test(`${MUTATED} files of every format, half with bytes and half with texts changed at random`, async () => {
  const golden = join(root, 'tests', 'lifecycle', 'import', 'golden');
  const samples = readdirSync(golden).filter(name => !/\.import\.md$|\.made\.ipynb$/.test(name));
  const random = makeRandom(3);
  const documents = Array.from({ length: MUTATED }, (_, index) => {
    const name = samples[index % samples.length]!;
    const document = { name, bytes: readFileSync(join(golden, name)) };
    return isWithin(index) ? mutatedWithin(document, random) : mutated(document, random);
  });
  const tried = await tryAll(documents);
  expectTame(tried, MUTATED);
  // What its format still allows is imported, unless a secret came to be.
  const refused = tried.filter(
    ({ code }, index) => isWithin(index) && !/^(?:imported|import\.secret)$/.test(code)
  );
  expect(refused).toEqual([]);
}, 3_600_000);
