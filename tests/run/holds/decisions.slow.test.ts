// Random decisions against an oracle that knows only the rules: none releases wrongly, no valid one is lost.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ApprovalState } from '../../../contract/holds/hold.js';
import type { Person } from '../../../contract/base/person.js';
import { readJournal } from '../../../record/journal/read-journal.js';
import { rounds } from '../../proof.js';
import { makeRandom } from '../../random.js';
import { makeSampleRun, POLICY, type SampleRun } from '../sample-run.js';
import { makeSigners, type Signers } from '../signers.js';

const APPROVALS = rounds({ inTest: 12, inProof: 100 });
const DECISIONS_EACH = 10;
const REQUIRED = 2;
/** Dan is named too, but he drives, and four eyes are asked for. */
const NAMED = ['ann', 'bob', 'cleo'];

let signers: Signers;
beforeAll(() => {
  signers = makeSigners([...NAMED, 'dan', 'eve']);
});
afterAll(() => signers.remove());

/** One approval that is decided on, and what the rules say of it. */
interface Case {
  readonly run: SampleRun;
  readonly approval: () => ApprovalState;
  readonly isSigned: boolean;
  /** Who has validly approved, in order. */
  readonly valid: string[];
  readonly tokens: string[];
  readonly pick: <T>(list: readonly T[]) => T;
}

/** Does something to the case; tells whether it had to count. */
type Attack = (about: Case) => Promise<boolean>;

const isOpen = ({ valid }: Case): boolean => valid.length < REQUIRED;
const fresh = (about: Case): string[] => NAMED.filter(name => !about.valid.includes(name));

async function click(about: Case, username: string, content = about.approval().content): Promise<void> {
  const by: Person = { username, name: username, grade: 'claimed' };
  const params = { approval: about.approval().id, content, decision: 'approved' as const, comment: '' };
  await about.run.approvals.decide(params, by);
}

async function send(about: Case, token: string): Promise<void> {
  about.tokens.push(token);
  await about.run.signed.take(token);
}

const decide = async (about: Case, name: string): Promise<void> =>
  about.isSigned ? send(about, await signers.sign(about.approval(), name)) : click(about, name);

const ATTACKS: { readonly [name: string]: Attack } = {
  'a valid one': async about => {
    const counts = isOpen(about);
    const name = about.pick(fresh(about).length > 0 ? fresh(about) : NAMED);
    await decide(about, name).finally(() => counts && about.valid.push(name));
    return counts;
  },
  'twice by the same person': async about => {
    await decide(about, about.valid[0] ?? 'eve');
    return false;
  },
  'twice at once by one person': async about => {
    const counts = isOpen(about);
    const name = about.pick(fresh(about));
    const both = await Promise.allSettled([decide(about, name), decide(about, name)]);
    const taken = both.filter(({ status }) => status === 'fulfilled').length;
    expect(taken).toBe(counts ? 1 : 0);
    if (counts) {
      about.valid.push(name);
      return true;
    }
    throw (both[0] as PromiseRejectedResult).reason;
  },
  'by somebody who is not named': about => decide(about, 'eve').then(() => false),
  'by the driver': about => decide(about, 'dan').then(() => false),
  'on other content': async about => {
    const content = 'f'.repeat(64);
    await (about.isSigned
      ? send(about, await signers.sign({ ...about.approval(), content }, about.pick(NAMED)))
      : click(about, about.pick(NAMED), content));
    return false;
  },
  'before it is asked': async about => {
    const by: Person = { username: 'ann', name: 'ann', grade: 'signed' };
    const { content } = about.approval();
    await about.run.approvals.decide(
      { approval: 'ask:9:approval-9', content, decision: 'approved', comment: '' },
      by
    );
    return false;
  },
  'with a forged signature': async about =>
    send(about, await signers.sign(about.approval(), about.pick(NAMED), {}, 'mallory')).then(() => false),
  'with the key of a colleague': async about =>
    send(about, await signers.sign(about.approval(), 'ann', {}, 'bob')).then(() => false),
  'of another run': async about =>
    send(about, await signers.sign(about.approval(), about.pick(NAMED), { run: 'other' })).then(() => false),
  'with a token that was sent before': async about => {
    const token = about.tokens[0] ?? (await signers.sign(about.approval(), 'eve'));
    await about.run.signed.take(token);
    return false;
  }
};

async function begin(seed: number): Promise<Case & { answer: Promise<unknown> }> {
  const random = makeRandom(seed);
  const isSigned = seed % 2 === 0;
  const policy = {
    ...POLICY,
    groups: { 'qa-lead': [...NAMED, 'dan'] },
    allowedSigners: signers.allowedSigners,
    approvals: {
      approvers: ['qa-lead'],
      required: REQUIRED,
      fourEyes: true,
      grade: isSigned ? ('signed' as const) : ('claimed' as const)
    }
  };
  const run = makeSampleRun(undefined, undefined, { policy }, undefined, [], 'dan');
  run.people.introduce('dans-session', { username: 'dan', name: 'Dan' });
  const running = await run.admit('ask', undefined, { session: 'dans-session' });
  const params = { name: 'QA sign-off', question: 'May it?', approvers: [], evidence: [], timeoutMs: null };
  let answer!: Promise<unknown>;
  const id = await new Promise<string>(resolve => {
    answer = run.approvals.ask(running, params, new AbortController().signal, resolve);
    answer.catch(() => undefined);
  });
  return {
    run,
    answer,
    isSigned,
    valid: [],
    tokens: [],
    approval: () => run.keeper.state.approvals[id]!,
    pick: list => list[Math.floor(random() * list.length)]!
  };
}

test('of random decisions exactly the valid ones count, and they alone release', async () => {
  const tried: { [name: string]: { counted: number; refused: number } } = {};
  let released = 0;
  for (let seed = 1; seed <= APPROVALS; seed++) {
    const about = await begin(seed);
    for (let turn = 0; turn < DECISIONS_EACH; turn++) {
      const name = about.pick(Object.keys(ATTACKS));
      const tally = (tried[name] ??= { counted: 0, refused: 0 });
      const before = about.approval().decisions.length;
      const counted = await ATTACKS[name]!(about).catch((error: { code?: string }) => {
        // Refused for a reason that the kernel names, not by accident.
        expect({ seed, turn, name, code: error.code }).toMatchObject({
          code: expect.stringMatching(/^(hold|signature)\./)
        });
        return false;
      });
      tally[counted ? 'counted' : 'refused']++;
      expect({ seed, turn, name, added: about.approval().decisions.length - before }).toEqual({
        seed,
        turn,
        name,
        added: counted ? 1 : 0
      });
    }
    const { status, decisions } = about.approval();
    expect(decisions.map(({ by }) => by.username)).toEqual(about.valid);
    const isReleased = about.valid.length >= REQUIRED;
    expect({ seed, status }).toEqual({ seed, status: isReleased ? 'approved' : 'pending' });
    const { refusal } = await about.run.gate.admit(
      about.run.cellOf('ship', undefined, { session: 'dans-session' })
    );
    expect({ seed, code: refusal?.record.code }).toEqual({
      seed,
      code: isReleased ? undefined : 'hold.locked'
    });
    if (isReleased) {
      released++;
      expect(await about.answer).toMatchObject({ decision: 'approved' });
    }
    await tamper(about, seed);
    about.run.end();
  }
  expect(Object.values(tried).reduce((sum, { counted, refused }) => sum + counted + refused, 0)).toBe(
    APPROVALS * DECISIONS_EACH
  );
  expect(Object.keys(tried).sort()).toEqual(Object.keys(ATTACKS).sort());
  expect(released).toBeGreaterThan(APPROVALS / 10);
}, 300_000);

/** A journal that was edited: signed decisions cannot be invented, and no line can be changed unseen by the one behind it. */
async function tamper(about: Case, seed: number): Promise<void> {
  const { run, isSigned } = about;
  if (isSigned && about.approval().status === 'pending') {
    const { id, content } = about.approval();
    for (const username of ['ann', 'bob', 'cleo']) {
      const by: Person = { username, name: username, grade: 'signed' };
      await run.keeper.append({
        kind: 'approval-decided',
        approval: id,
        content,
        decision: { decision: 'approved', by, at: new Date().toISOString(), comment: '' }
      });
    }
    expect(about.approval().status).toBe('approved');
    const { refusal } = await run.gate.admit(run.cellOf('ship', undefined, { session: 'dans-session' }));
    expect({ seed, code: refusal?.record.code }).toEqual({ seed, code: 'hold.locked' });
    expect(about.approval().status).toBe('stale');
  }
  const lines = run.journal.records.map(record => JSON.stringify(record));
  expect(readJournal(`${lines.join('\n')}\n`).fault).toBeNull();
  const at = lines.findIndex(line => line.includes('attempt-started'));
  lines[at] = lines[at]!.replace('"username":"dan"', '"username":"ann"');
  expect(readJournal(`${lines.join('\n')}\n`).fault).not.toBeNull();
}
