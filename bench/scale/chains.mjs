// Notebooks of a thousand cells, each of which declares a value, interface, alias, enum, generic type or class and uses that of the cell
// before: how much longer the last tenth takes to check than the first. Judged by the language server's processor time, which other work
// on the machine changes least; the time that a person waits stands beside it.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/set-up/places.mjs';
import { growthOf, summarize } from '../statistics.mjs';
import { startKernel } from './raw-kernel.mjs';

const CELLS = {
  values: ['const v0 = { n: 0, tags: ["x"] }', n => `const v${n} = { ...v${n - 1}, n: v${n - 1}.n + 1 }`],
  interfaces: [
    'interface I0 { n: number }\nconst i0: I0 = { n: 0 }',
    n =>
      `interface I${n} { n: number; before: I${n - 1} }\nconst i${n}: I${n} = { n: ${n}, before: i${n - 1} }`
  ],
  aliases: [
    'type A0 = { n: number }',
    n =>
      `type A${n} = { n: number; before: A${n - 1} | null }\nconst a${n}: A${n} = { n: ${n}, before: null }`
  ],
  enums: ['enum E0 { A, B }', n => `enum E${n} { A = E${n - 1}.B, B }\nconst e${n}: E${n} = E${n}.A`],
  generics: [
    'type G0<T> = { value: T }\nfunction g0<T>(value: T): G0<T> { return { value } }',
    n =>
      `type G${n}<T> = { value: T; before: G${n - 1}<T> }\nfunction g${n}<T>(value: T): G${n}<T> { return { value, before: g${n - 1}(value) } }`
  ],
  classes: [
    'class C0 { n = 0; next() { return this.n + 1 } }\nconst c0 = new C0()',
    n =>
      `class C${n} { constructor(readonly before: C${n - 1}, readonly n = 0) {} next() { return this.before.next() + 1 } }\nconst c${n} = new C${n}(c${n - 1})`
  ]
};

export const CHAINS = Object.keys(CELLS);

/** The same in Python, which has no types that could become slow. */
const PYTHON_CELLS = {
  values: ["v0 = { 'n': 0, 'tags': ['x'] }", n => `v${n} = { **v${n - 1}, 'n': v${n - 1}['n'] + 1 }`],
  classes: [
    'class C0:\n    n = 0\nc0 = C0()',
    n =>
      `class C${n}:\n    def __init__(self, before: C${n - 1}, n: int = 0):\n        self.before, self.n = before, n\nc${n} = C${n}(c${n - 1})`
  ]
};

/** A chain that has taken so long is told up to there. */
const PATIENCE_MS = 90_000;

/** `{ ratio, firstMs, lastMs, waited, cells }` of a chain: processor time of a cell, and the ratio of the times that one waits. */
export async function measureChain(kind, count) {
  const load = path => import(join(root, 'lib', path));
  const { TypeScriptSession } = await load('kernel/language/session.js');
  const folder = mkdtempSync(join(tmpdir(), 'launchbook-chain-'));
  const onLog = text => console.error(text);
  const session = new TypeScriptSession({ folder, libraryPath: null, injectedNames: [], onLog });
  try {
    await session.start();
    await run(
      session,
      Array.from({ length: 40 }, (_, index) => `${index} + 1`)
    );
    const { waits, used } = await run(session, cellsOf(CELLS[kind], count));
    return { ...growthOf(used), waited: waitedLonger(waits), cells: used.length };
  } finally {
    await session.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a cell of the last tenth of the same chain takes over one of the first, in Jupyter's kernel for Python; null where it has no such chain. */
export async function measurePythonChain(kind, count) {
  if (!Object.hasOwn(PYTHON_CELLS, kind)) {
    return null;
  }
  const folder = mkdtempSync(join(tmpdir(), 'launchbook-chain-'));
  const kernel = await startKernel(folder, kind, 'ipykernel');
  try {
    const waits = [];
    for (const code of cellsOf(PYTHON_CELLS[kind], count)) {
      const began = performance.now();
      await kernel.execute(code);
      waits.push(performance.now() - began);
    }
    return waitedLonger(waits);
  } finally {
    kernel.end();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

function cellsOf([first, next], count) {
  return Array.from({ length: count }, (_, index) => (index === 0 ? first : next(index)));
}

function waitedLonger(waits) {
  const tenth = Math.floor(waits.length / 10);
  return summarize(waits.slice(-tenth)).median / summarize(waits.slice(0, tenth)).median;
}

async function run(session, cells) {
  const waits = [];
  const used = [];
  const until = performance.now() + PATIENCE_MS;
  for (const [index, code] of cells.entries()) {
    if (performance.now() > until) {
      break;
    }
    const key = `${cells.length} ${index}`;
    const began = performance.now();
    const { script, diagnostics } = await session.prepare(key, code);
    if (script === null) {
      throw new Error(diagnostics.map(one => one.frame).join('\n'));
    }
    session.commit(key);
    waits.push(performance.now() - began);
    used.push(processorMs(session.serverPid));
  }
  return { waits, used };
}

/** Milliseconds of processor time that a process has used, from Linux. */
function processorMs(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
