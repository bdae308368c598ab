// The pages on which people decide, over HTTP: what is posted is a token and nothing else, verified before it is written.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { existsSync, readdirSync } from 'node:fs';
import { request as requestOf } from 'node:http';
import { tokenFolderOf } from '../../../contract/notebook/notebook.js';
import type { DecisionNews, DecisionPageData } from '../../../contract/decide/decision-page.js';
import { serveBoard, type Board } from '../../../lifecycle/board/board-server.js';
import { MOST_POSTS } from '../../../lifecycle/decide/post-limit.js';
import { decisionAddress, decisionSecret, listAddress } from '../../../record/decisions/decision-address.js';
import { tokenOfBytes } from '../../../contract/signature/passkey.js';
import { writeToken } from '../../../record/signature/token.js';
import { PAGE, Passkey, type Otherwise } from '../../contract/signature/authenticator.js';
import { makeSigners, type Signers } from '../../run/signers.js';
import { makeAskingRun, type AskingRun } from './asking-run.js';

const PAGES = { rpId: PAGE.rpId, origins: [PAGE.origin] };
const bob = new Passkey('bob');

let signers: Signers;
let run: AskingRun;
let board: Board;
let page: string;

beforeAll(() => {
  signers = makeSigners(['ann', 'bob']);
});
afterAll(() => signers.remove());
beforeEach(async () => {
  run = await makeAskingRun({ pages: PAGES });
  run.allow(bob.line);
  board = await serveBoard({ runs: [run.path], decide: { enrolment: () => ENROLMENT } });
  page = decisionAddress(new URL(board.url).origin, run.approval())!;
});
afterEach(async () => {
  await board.close();
  run.end();
});

const ENROLMENT = { version: 1 as const, ...PAGES, signers: 'allowed_signers' };

/** A token of Bob's passkey, signed on the page of the tests. */
function passkeyToken(other: object = {}, otherwise: Otherwise = {}): string {
  const { id, name, step, content, request } = run.approval();
  const text = JSON.stringify({
    version: 2,
    approval: id,
    nonce: request.nonce,
    after: request.after,
    id: crypto.randomUUID(),
    run: run.keeper.state.run!.id,
    hold: name,
    step,
    content,
    decision: 'approved',
    comment: 'Ordered a tea',
    values: {},
    by: 'bob',
    at: new Date().toISOString(),
    ...other
  });
  return writeToken(text, bob.sign(text, otherwise));
}

const post = (token: string | Buffer, address = page) =>
  fetch(address, { method: 'POST', body: typeof token === 'string' ? token : new Uint8Array(token) });

const written = (): string[] => {
  const folder = tokenFolderOf(run.path);
  return existsSync(folder) ? readdirSync(folder) : [];
};

describe('the page of a question', () => {
  test('has the question in it and lets nothing foreign in, no frame around it and no other device', async () => {
    const response = await fetch(page);
    const data = dataIn(await response.text());
    expect(data).toMatchObject({
      run: '2.4.0-staging-0a1b2c',
      rpId: PAGE.rpId,
      passkeys: [{ names: ['bob'], credential: bob.credential }]
    });
    expect(data.approval.request.question).toBe(run.approval().request.question);
    const policy = response.headers.get('content-security-policy')!;
    expect(policy).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(response.headers.get('permissions-policy')).toContain('publickey-credentials-get=(self)');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test('is small: with script and style it is read before 50 kB have come', async () => {
    const parts = await Promise.all(
      ['', '../page.css', '../decision.js'].map(async path => (await fetch(new URL(path, page))).text())
    );
    expect(parts.join('').length).toBeLessThan(50_000);
  });

  test('opens nothing else of the board, and the token of the board opens no question', async () => {
    const token = new URL(board.url).pathname.split('/')[1]!;
    const secret = decisionSecret(run.approval())!;
    const { origin } = new URL(page);
    for (const path of [
      `/${secret}/`,
      `/decide/${token}/`,
      `/decide/${secret}`,
      `/decide/${secret}/release.ipynb`,
      `/decide/${secret.toUpperCase()}/`,
      `/decide/${'0'.repeat(32)}/`,
      '/decide/constructor/',
      '/decide/__proto__',
      '/decide/',
      '/decide'
    ]) {
      const response = await fetch(`${origin}${path}`);
      expect([path, response.status]).toEqual([path, 404]);
      expect(await response.text()).not.toContain('2.4.0');
    }
  });

  test('is not there without --decide', async () => {
    const plain = await serveBoard({ runs: [run.path] });
    expect((await fetch(decisionAddress(new URL(plain.url).origin, run.approval())!)).status).toBe(404);
    await plain.close();
  });

  test('no text in it ends the data or becomes markup', async () => {
    const hostile = '</script><script>alert(1)</script><!-- ';
    const { id } = await run.ask({ question: hostile });
    const response = await fetch(decisionAddress(new URL(board.url).origin, run.approval(id))!);
    const text = await response.text();
    expect(text).not.toContain('<script>alert');
    expect(dataIn(text).approval.request.question).toBe(hostile);
  });

  test('the page of enrolment names host and file, and no person', async () => {
    const text = await (await fetch(new URL('/decide/enrol/', page))).text();
    expect(dataIn(text)).toEqual(ENROLMENT);
    expect(text).not.toContain('bob');
  });
});

describe('a post', () => {
  test('of a token with a passkey is written beside the run, and the kernel counts it', async () => {
    const token = passkeyToken();
    const response = await post(token);
    expect([response.status, await response.json()]).toEqual([
      202,
      { isTaken: true, id: expect.any(String) }
    ]);
    expect(await run.answer).toMatchObject({ by: { username: 'bob', grade: 'signed' } });
    expect(run.approval().decisions[0]!.signature).toMatchObject({ means: 'passkey', origin: PAGE.origin });
    expect(run.refusals).toEqual([]);
  });

  test('of a token with an SSH key is as good where the policy takes it', async () => {
    run.allow(
      signers
        .allowedWith('mallory')
        .split('\n')
        .find(line => line.startsWith('ann '))!
    );
    expect((await post(await signers.sign(run.approval(), 'ann'))).status).toBe(202);
    expect(await run.answer).toMatchObject({ by: { username: 'ann' } });
  });

  test('of the same token twice is one file, and after it counted still the same answer', async () => {
    const token = passkeyToken();
    expect((await post(token)).status).toBe(202);
    expect((await post(token)).status).toBe(202);
    await run.answer;
    expect((await post(token)).status).toBe(202);
    expect(written()).toHaveLength(1);
  });

  test.each<readonly [string, () => string | Promise<string>, string | RegExp]>([
    ['nothing', () => '', 'signature.unreadable'],
    ['a text', () => 'approved', 'signature.unreadable'],
    ['a form', () => 'decision=approved&by=bob', 'signature.unreadable'],
    ['JSON', () => JSON.stringify({ decision: 'approved', by: 'bob' }), 'signature.unreadable'],
    ['a token cut short', () => passkeyToken().slice(0, -200), /^signature\./],
    ['a token with a text after it', () => `${passkeyToken()}\napproved`, /^signature\./],
    ['a token for another run', () => passkeyToken({ run: '2.3.0-staging-ffffff' }), 'signature.other_run'],
    ['a token for another hold point', () => passkeyToken({ hold: 'Go-live' }), 'signature.other_hold'],
    [
      'a token over other content',
      () => passkeyToken({ content: 'f'.repeat(64) }),
      'signature.other_content'
    ],
    ['a token for another request', () => passkeyToken({ nonce: 'x' }), 'signature.other_request'],
    ['a token of last year', () => passkeyToken({ at: '2026-02-01T00:00:00.000Z' }), 'signature.other_time'],
    [
      'a rejection without a reason',
      () => passkeyToken({ decision: 'rejected', comment: '' }),
      'decision.no_comment'
    ],
    ['a token in the name of somebody else', () => passkeyToken({ by: 'ann' }), 'signature.unknown_key'],
    [
      'a token of nobody who is allowed',
      () => signers.sign(run.approval(), 'mallory'),
      'signature.unknown_key'
    ],
    [
      'a signature on another page',
      () => passkeyToken({}, { origin: 'https://evil.example.com' }),
      'signature.other_origin'
    ],
    [
      'a signature without verification of the person',
      () => passkeyToken({}, { flags: 1 }),
      'signature.not_verified'
    ],
    ['a signature in a frame', () => passkeyToken({}, { rest: ',"crossOrigin":true' }), 'signature.framed']
  ])('of %s is refused with its reason, and nothing is written', async (_, tokenOf, code) => {
    const response = await post(await tokenOf());
    const answer = (await response.json()) as { readonly code: string; readonly reason: string };
    expect(response.status).toBe(422);
    expect(answer.code).toEqual(typeof code === 'string' ? code : expect.stringMatching(code));
    expect(answer.reason).toMatch(/^[A-Z].*\.$/s);
    expect(written()).toEqual([]);
    expect(run.approval().status).toBe('pending');
  });

  test('of bytes that are no text is refused', async () => {
    expect((await post(Buffer.from([0xff, 0x00, 0xfe]))).status).toBe(422);
  });

  test('that is longer than a token is not read to its end', async () => {
    expect((await post('launchbook2.'.padEnd(64 * 1024 + 1, 'x'))).status).toBe(413);
    expect(await endless(page)).toBe(413);
    expect(written()).toEqual([]);
  });

  test('is taken ten times a minute from an address, and told when the next may come', async () => {
    for (let count = 0; count < MOST_POSTS; count += 1) {
      expect((await post('x')).status).toBe(422);
    }
    const response = await post(passkeyToken());
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(written()).toEqual([]);
    // Behind a proxy each address is its own.
    const other = await fetch(page, {
      method: 'POST',
      body: 'x',
      headers: { 'x-forwarded-for': '203.0.113.7' }
    });
    expect(other.status).toBe(422);
  });

  test('to a question that is decided is refused', async () => {
    await post(passkeyToken());
    await run.answer;
    const response = await post(passkeyToken());
    expect(await response.json()).toMatchObject({ isTaken: false, code: 'decision.too_late' });
  });

  test.each(['PUT', 'DELETE', 'PATCH'])('%s is refused', async method => {
    expect((await fetch(page, { method })).status).toBe(405);
    expect((await fetch(new URL('events', page), { method: 'POST', body: 'x' })).status).toBe(405);
  });
});

describe('the page of a task list', () => {
  const TASK = { deputy: null, dueMs: null, answerMs: null, critical: true, hasCheck: false };

  test('shows the tasks, takes a signed report, and refuses one that would not count', async () => {
    const list = await run.taskLists.assign(await run.admit('look'), {
      name: 'Before go-live',
      tasks: [{ ...TASK, title: 'Tell the shops', owner: 'bob' }]
    });
    const address = listAddress(new URL(board.url).origin, list)!;
    expect(dataIn(await (await fetch(address)).text())).toMatchObject({ list: { name: 'Before go-live' } });
    const report = (other: object): string => {
      const text = JSON.stringify({
        version: 3,
        id: crypto.randomUUID(),
        run: run.keeper.state.run!.id,
        list: list.id,
        nonce: list.nonce,
        item: 'task-1',
        text: 'Tell the shops',
        action: 'done',
        comment: '',
        by: 'bob',
        at: new Date().toISOString(),
        ...other
      });
      return tokenOfBytes(3, new TextEncoder().encode(text), bob.sign(text));
    };
    for (const [token, code] of [
      ['x', 'signature.unreadable'],
      [passkeyToken(), 'signature.unreadable'],
      [report({ text: 'Tell nobody' }), 'signature.other_decision'],
      [report({ by: 'ann' }), 'signature.unknown_key']
    ] as const) {
      expect(await (await post(token, address)).json()).toMatchObject({ isTaken: false, code });
    }
    expect(written()).toEqual([]);
    expect((await post(report({}), address)).status).toBe(202);
    await until(() => run.keeper.state.taskLists[list.id]!.tasks[0]!.status === 'done');
    // Nothing of it decides the question.
    expect((await post(report({}))).status).toBe(422);
    expect(run.approval().status).toBe('pending');
  });
});

describe('the events of a question', () => {
  test('tell what happens to it: a change of the notebook, a decision, a new question', async () => {
    const events = await listen();
    expect(await events.next()).toMatchObject({
      changes: [],
      instead: null,
      approval: { status: 'pending' }
    });
    run.save(
      run.notebook.read().cells.map(cell => ({
        ...(cell as Parameters<typeof run.save>[0][number]),
        source: cell.id === 'ship' ? '3 + 3' : String(cell.source)
      }))
    );
    expect(await events.next()).toMatchObject({ changes: ['The step “2 + 2” was edited.'] });
    const { id } = await run.ask({ question: 'And now?' });
    const news = await events.next(({ instead }) => instead !== null);
    expect(news.instead).toBe(`../${decisionSecret(run.approval(id))}/`);
    expect(news.changes).toContain('The question has changed.');
    await events.close();
  });

  test('tell that the clock of this machine is behind the record, until it is right', async () => {
    const events = await listen();
    expect(await events.next()).toMatchObject({ clock: null });
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => new Date().getTime() - 90 * 60_000);
    expect(await events.next()).toMatchObject({ clock: expect.stringContaining('behind the record') });
    expect((await post(passkeyToken())).status).toBe(422);
    expect(written()).toEqual([]);
    clock.mockRestore();
    expect(await events.next()).toMatchObject({ clock: null });
    expect((await post(passkeyToken())).status).toBe(202);
    await events.close();
  });

  test('tell of a token that the kernel has refused, with its reason', async () => {
    const events = await listen();
    await events.next();
    run.masking.learn({ name: 'key', value: 'S3cret-S3cret' });
    const token = passkeyToken({ comment: 'the key is S3cret-S3cret' });
    expect((await post(token)).status).toBe(202);
    const { refused } = await events.next(news => news.refused.length > 0);
    expect(refused[0]!.reason).toContain('holds a secret');
    await events.close();
  });
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

function dataIn(text: string): DecisionPageData {
  return JSON.parse(/id="data">(.*?)<\/script>/s.exec(text)![1]!) as DecisionPageData;
}

/** The status that comes for a body without a declared length that does not end. */
function endless(address: string): Promise<number> {
  return new Promise(resolve => {
    const sent = requestOf(address, { method: 'POST' }, response => {
      resolve(response.statusCode ?? 0);
      sent.destroy();
    });
    sent.on('error', () => undefined);
    const more = (): void =>
      void (sent.destroyed || sent.write('x'.repeat(16 * 1024), () => setImmediate(more)));
    more();
  });
}

async function listen() {
  const gone = new AbortController();
  const response = await fetch(new URL('events', page), { signal: gone.signal });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const next = async (isWanted: (news: DecisionNews) => boolean = () => true): Promise<DecisionNews> => {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end < 0) {
        text += (await reader.read()).value ?? '';
        continue;
      }
      const data = /^data: (.*)$/m.exec(text.slice(0, end));
      text = text.slice(end + 2);
      const news = data ? (JSON.parse(data[1]!) as DecisionNews) : null;
      if (news && isWanted(news)) {
        return news;
      }
    }
  };
  return { next, close: async () => gone.abort() };
}
