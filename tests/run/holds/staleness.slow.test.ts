// Every class of change of what was approved, a hundred seeded cases each: all are found. Opening and saving changes nothing.
import { describe, expect, test } from '@jest/globals';
import type { RunInfo } from '../../../contract/base/run.js';
import { sha256 } from '../../../record/hash.js';
import { makeRandom } from '../../random.js';
import { BOB, makeSampleRun, RUN, type SampleCell, type SampleRun } from '../sample-run.js';

const CASES = 100;

/** What a case is made of. */
interface Random {
  int(least: number, most: number): number;
  pick<T>(list: readonly T[]): T;
  word(): string;
  /** The text with one letter more, less, or another one. */
  edit(text: string): string;
}

function randomOf(seed: number): Random {
  const next = makeRandom(seed);
  const int = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return {
    int,
    pick: list => list[int(0, list.length - 1)]!,
    word: () => `w${int(0, 1e9).toString(36)}`,
    edit: text => {
      const at = int(0, text.length);
      const inserted = `${text.slice(0, at)}${'abc'[int(0, 2)]}${text.slice(at)}`;
      const removed = text.slice(0, at) + text.slice(at + 1);
      return next() < 0.5 && removed !== text ? removed : inserted;
    }
  };
}
const never = new AbortController().signal;
const PARAMS = { name: 'QA sign-off', question: 'May it?', approvers: [], timeoutMs: null };

/** A runbook of three phases; the middle one holds the approval and up to five other cells. */
function runbook(random: Random): SampleCell[] {
  const steps = (phase: string, count: number): SampleCell[] =>
    Array.from({ length: count }, (_, index) => ({
      id: `${phase}-${index}`,
      cell_type: random.int(1, 10) <= 3 ? 'markdown' : 'code',
      source: `${phase} ${index} ${random.word()}`
    }));
  const heading = (id: string): SampleCell => ({ id, cell_type: 'markdown', source: `## ${id}` });
  return [
    { id: 'intro', cell_type: 'markdown', source: `# Release ${random.word()}` },
    { id: 'parameters', cell_type: 'code', source: 'const batch = 2', metadata: { tags: ['parameters'] } },
    heading('prepare'),
    ...steps('prepare', random.int(1, 4)),
    heading('sign-off'),
    { id: 'sign-first', cell_type: 'code', source: `first ${random.word()}` },
    ...steps('sign', random.int(0, 4)),
    { id: 'ask', cell_type: 'code', source: "await approval('QA sign-off')" },
    heading('deploy'),
    { id: 'ship', cell_type: 'code', source: 'ship' },
    ...steps('deploy', random.int(1, 3))
  ];
}

const INFO: RunInfo = { ...RUN, parameters: { batch: 2, region: 'eu' } };

async function approved(cells: SampleCell[]): Promise<SampleRun> {
  const run = makeSampleRun(cells, INFO);
  await askAgain(run, '0 errors');
  const approval = Object.values(run.keeper.state.approvals).at(-1)!;
  await run.approvals.decide(
    { approval: approval.id, content: approval.content, decision: 'approved', comment: '' },
    BOB
  );
  return run;
}

async function askAgain(run: SampleRun, evidence: string): Promise<void> {
  const running = await run.admit('ask', "await approval('QA sign-off')");
  const params = { ...PARAMS, evidence: [{ label: 'Errors', text: evidence }] };
  await new Promise<void>((resolve, reject) => {
    run.approvals.ask(running, params, never, () => resolve()).then(() => resolve(), reject);
  });
}

/** Where the first approval stands after the step behind it was tried. */
async function tryShip(run: SampleRun): Promise<{ status: string; locked: boolean; reason: string }> {
  const { refusal } = await run.gate.admit(run.cellOf('ship', 'ship'));
  const approval = Object.values(run.keeper.state.approvals)[0]!;
  return {
    status: approval.status,
    locked: refusal?.record.code === 'hold.locked',
    reason: approval.closure?.reason ?? ''
  };
}

type Change = (run: SampleRun, cells: SampleCell[], random: Random) => Promise<void> | void;

const hashOf = (cells: SampleCell[], id: string): string =>
  sha256(cells.find(cell => cell.id === id)!.source);
const inPhase = (cells: SampleCell[]): SampleCell[] => {
  const from = cells.findIndex(({ id }) => id === 'sign-off');
  const to = cells.findIndex(({ id }) => id === 'ask');
  return cells.slice(from, to + 1);
};
const edited = (cells: SampleCell[], id: string, random: Random): SampleCell[] =>
  cells.map(cell => (cell.id === id ? { ...cell, source: random.edit(cell.source) } : cell));

const CHANGES: { readonly [name: string]: Change } = {
  'a cell of the phase is edited': (run, cells, random) =>
    run.save(edited(cells, random.pick(inPhase(cells)).id, random)),
  'a cell of the phase is edited and executed, not saved': async (run, _cells, random) => {
    await run.gate.admit(run.cellOf('sign-first', random.edit('first')));
  },
  'a cell of the phase is edited in an open page, not saved': (run, cells, random) => {
    const sources = Object.fromEntries(cells.map(({ id }) => [id, hashOf(cells, id)]));
    const { id } = random.pick(inPhase(cells).filter(cell => cell.cell_type === 'code'));
    run.announce(run.outline.current(), { ...sources, [id]: 'f'.repeat(64) });
  },
  'a cell is added to the phase': (run, cells, random) => {
    const at = cells.findIndex(({ id }) => id === 'ask') - random.int(0, 1);
    run.save([
      ...cells.slice(0, at),
      { id: 'new', cell_type: 'code', source: random.word() },
      ...cells.slice(at)
    ]);
  },
  'a cell of the phase is removed': (run, cells) => run.save(cells.filter(({ id }) => id !== 'sign-first')),
  'cells of the phase are in another order': (run, cells) => {
    const others = cells.filter(({ id }) => id !== 'sign-first');
    const at = others.findIndex(({ id }) => id === 'ask') + 1;
    run.save([...others.slice(0, at), cells.find(({ id }) => id === 'sign-first')!, ...others.slice(at)]);
  },
  'phases are in another order': (run, cells) => {
    const [prepare, sign, deploy] = ['prepare', 'sign-off', 'deploy'].map(id =>
      cells.findIndex(cell => cell.id === id)
    );
    run.save([
      ...cells.slice(0, prepare),
      ...cells.slice(sign, deploy),
      ...cells.slice(prepare, sign),
      ...cells.slice(deploy)
    ]);
  },
  'a parameter of the run is another one': (run, cells, random) =>
    run.save(cells, {
      ...INFO,
      parameters: random.pick([
        { batch: random.int(3, 99), region: 'eu' },
        { batch: 2 },
        { ...INFO.parameters, more: random.word() },
        { batch: '2', region: 'eu' }
      ])
    }),
  'the cell of parameters is edited': (run, cells, random) => run.save(edited(cells, 'parameters', random)),
  'the release is another one': (run, cells, random) => run.save(cells, { ...INFO, release: random.word() }),
  'the evidence is another one': (run, _cells, random) => askAgain(run, `${random.int(1, 999)} errors`)
};

const HARMLESS: { readonly [name: string]: Change } = {
  'the file is saved again': (run, cells) => run.save(cells),
  'texts are saved as lists of lines': (run, cells) =>
    run.save(cells.map(cell => ({ ...cell, source: cell.source.split(/(?<=\n)/) as never }))),
  'outputs and metadata of cells change': (run, cells, random) =>
    run.save(
      cells.map(cell => ({
        ...cell,
        outputs: [random.word()],
        execution_count: random.int(1, 9),
        metadata: { ...cell.metadata, collapsed: true }
      }))
    ),
  'prose outside of the phase is edited': (run, cells, random) => run.save(edited(cells, 'intro', random)),
  'a phase is added at the end': (run, cells, random) =>
    run.save([...cells, { id: 'more', cell_type: 'markdown', source: `## ${random.word()}` }]),
  'parameters are written in another order': (run, cells) =>
    run.save(cells, { ...INFO, parameters: { region: 'eu', batch: 2 } }),
  'the step of the approval is run again with the same evidence': run => askAgain(run, '0 errors'),
  'a page opens and tells the same texts': (run, cells) =>
    run.announce(run.outline.current(), Object.fromEntries(cells.map(({ id }) => [id, hashOf(cells, id)])))
};

describe('an approval is stale, says why, and locks what follows when', () => {
  test.each(Object.entries(CHANGES))('%s', async (_, change) => {
    for (let seed = 1; seed <= CASES; seed++) {
      const random = randomOf(seed);
      const cells = runbook(random);
      const run = await approved(cells);
      await change(run, cells, random);
      expect({ seed, ...(await tryShip(run)) }).toEqual({
        seed,
        status: 'stale',
        locked: true,
        reason: expect.stringMatching(/\w{3}/)
      });
      run.end();
    }
  });
});

test('in another environment nothing runs at all, whatever was approved', async () => {
  const random = randomOf(1);
  const cells = runbook(random);
  const run = await approved(cells);
  run.save(cells, { ...INFO, environment: random.word() });
  const { refusal } = await run.gate.admit(run.cellOf('ship'));
  expect(refusal?.record).toMatchObject({
    code: 'run.environment_changed',
    hint: expect.stringContaining('The environment of a run never changes')
  });
  run.end();
});

describe('an approval stands when', () => {
  test.each(Object.entries(HARMLESS))('%s', async (_, change) => {
    for (let seed = 1; seed <= CASES; seed++) {
      const random = randomOf(seed);
      const cells = runbook(random);
      const run = await approved(cells);
      await change(run, cells, random);
      expect({ seed, ...(await tryShip(run)) }).toEqual({
        seed,
        status: 'approved',
        locked: false,
        reason: ''
      });
      run.end();
    }
  });
});
