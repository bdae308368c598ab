// Scatters, waits, watches and what they print, nested at random: each line says whose it is, and each wait is one output.
import { expect, test } from '@jest/globals';
import { display, guard, poll, scatter, soak } from '../../../runbook/index.js';
import { ports } from '../../../runbook/context.js';
import { rounds } from '../../proof.js';
import { makeRandom } from '../../random.js';
import { installFakePorts } from '../fake-ports.js';

type Kind = 'print' | 'table' | 'scatter' | 'poll' | 'soak' | 'guard';

/** What is done one after the other; the parts of a scatter in each of its items. */
interface Work {
  readonly kind: Kind;
  readonly id: number;
  readonly items: readonly string[];
  readonly parts: readonly Work[];
}

const LEAVES: readonly Kind[] = ['print', 'table'];
const ALL: readonly Kind[] = [...LEAVES, 'scatter', 'poll', 'soak', 'guard'];

function draw(random: () => number, depth: number, ids: { next: number }): Work {
  const kinds = depth === 0 ? LEAVES : ALL;
  const kind = kinds[Math.floor(random() * kinds.length)]!;
  const id = ids.next++;
  const items = kind === 'scatter' ? ['a', 'bb', 'ccc'].slice(0, 1 + Math.floor(random() * 3)) : [];
  const parts = LEAVES.includes(kind)
    ? []
    : Array.from({ length: 1 + Math.floor(random() * 2) }, () => draw(random, depth - 1, ids));
  return { kind, id, items, parts };
}

async function perform(work: Work): Promise<void> {
  const { kind, id, items, parts } = work;
  const all = async (): Promise<void> => {
    for (const part of parts) {
      await perform(part);
    }
  };
  const acts: { readonly [K in Kind]: () => unknown } = {
    print: () => ports().display.write('stdout', `text ${id}\n`),
    table: () => display.table([{ id: `table ${id}` }]),
    scatter: () => scatter(items, all),
    poll: () => poll(async ({ attempt }) => (await all(), attempt === 2), { every: 1, name: `poll ${id}` }),
    soak: () => soak(1, { every: 1, name: `soak ${id}`, check: all }),
    guard: () => guard(`guard ${id}`, all, { while: () => true, every: '1h' })
  };
  await acts[kind]();
}

/** What has to be shown: lines of text, and outputs by what they begin with; nothing of what is inside a wait but the wait. */
function expected(work: Work, lanes: string, isInWait: boolean): { lines: string[]; outputs: string[] } {
  const { kind, id, items, parts } = work;
  const isWait = kind === 'poll' || kind === 'soak';
  const here = isInWait
    ? []
    : {
        print: [],
        table: [`${lanes}id\n`],
        scatter: [`${lanes}Item`],
        poll: [`${lanes}☑ poll ${id}: done`],
        soak: [`${lanes}☑ soak ${id}: nothing`],
        guard: []
      }[kind];
  const within = (items.length > 0 ? items : ['']).flatMap(item =>
    parts.map(part => expected(part, item === '' ? lanes : `${lanes}${item} | `, isInWait || isWait))
  );
  return {
    lines: [
      ...(kind === 'print' && !isInWait ? [`${lanes}text ${id}`] : []),
      ...within.flatMap(({ lines }) => lines)
    ],
    outputs: [...here, ...within.flatMap(({ outputs }) => outputs)]
  };
}

const SEED = 20_261_130;

test('what is shown carries the names of its items, and a wait is one output, however it is nested', async () => {
  const random = makeRandom(SEED);
  const kinds = new Set<Kind>();
  for (let round = 0; round < rounds({ inTest: 40, inProof: 300 }); round += 1) {
    const fake = installFakePorts();
    const work = draw(random, 3, { next: 1 });
    kinds.add(work.kind);
    await perform(work);
    const { lines, outputs } = expected(work, '', false);
    const printed = fake.written().split('\n').filter(Boolean);
    expect(printed.map(line => line.replace(/ +\|/g, ' |')).sort()).toEqual(lines.sort());
    const last = new Map<string, string>();
    fake.shown.forEach(({ bundle, displayId }, index) =>
      last.set(displayId ?? `shown ${index}`, String(bundle['text/plain']))
    );
    const begun = [...last.values()].sort();
    expect(begun).toHaveLength(outputs.length);
    expect(outputs.filter(output => !begun.some(text => text.startsWith(output)))).toEqual([]);
  }
  expect(kinds.size).toBe(ALL.length);
});
