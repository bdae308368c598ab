import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { WaitFailedError } from '../../../runbook/index.js';
import { $, display, poll, soak } from '../../../runbook/index.js';
import { installFakePorts, type FakePorts } from '../fake-ports.js';

let ports: FakePorts;

beforeEach(() => {
  ports = installFakePorts();
});

async function failureOf(wait: PromiseLike<unknown>): Promise<WaitFailedError> {
  try {
    await wait;
  } catch (error) {
    return error as WaitFailedError;
  }
  throw new Error('The wait did not fail.');
}

const lastLine = (): string => String(ports.shown.at(-1)!.bundle['text/plain']);

describe('poll', () => {
  test('asks until something holds, and gives that back', async () => {
    const answers = [false, null, undefined, 0, '', { version: '2.4.0' }] as const;
    const value = await poll(({ attempt }) => answers[attempt - 1], { every: 1, name: 'Orders runs 2.4.0' });
    expect(value).toEqual({ version: '2.4.0' });
    expect(lastLine()).toMatch(/^☑ Orders runs 2\.4\.0: done \(\d+ ms, 6 checks\)$/);
    expect(ports.entries).toMatchObject([
      {
        kind: 'effect-started',
        helper: 'poll',
        label: 'Orders runs 2.4.0',
        request: { everyMs: 1, timeoutMs: 300_000 }
      },
      { kind: 'effect-ended', outcome: 'passed', result: { value: { version: '2.4.0' }, checks: 6 } }
    ]);
  });

  test.each<[string, () => unknown]>([
    ['a map', () => new Map([['a', 1]])],
    ['an answer with its readers', () => Object.defineProperty({ a: 1 }, 'json', { value: () => 1 })]
  ])('%s would not come back from the record, so the wait fails', async (_, check) => {
    await expect(poll(check)).rejects.toMatchObject({
      code: 'poll.not_json',
      message: expect.stringContaining("The result of 'Waiting' is ") as unknown
    });
    expect(ports.entries.at(-1)).toMatchObject({
      outcome: 'failed',
      result: { error: { code: 'poll.not_json' } }
    });
  });

  test('after a resume it gives its recorded value or error, and asks nothing', async () => {
    const error = { name: 'UsageError', code: 'poll.not_json', message: 'No JSON.' };
    ports = installFakePorts({
      recorded: [
        { outcome: 'passed', result: { value: { version: '2.4.0' }, checks: 6 } },
        { outcome: 'failed', result: { error } }
      ]
    });
    const never = (): never => expect(true).toBe(false) as never;
    expect(await poll(never)).toEqual({ version: '2.4.0' });
    await expect(poll(never)).rejects.toMatchObject(error);
    expect(ports.entries).toEqual([]);
  });

  test('a helper that fails, or the network, means not yet', async () => {
    const value = await poll(
      async ({ attempt }) => {
        if (attempt === 1) {
          await $`sh -c ${'exit 3'}`;
        }
        if (attempt === 2) {
          throw new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') });
        }
        return attempt;
      },
      { every: 1 }
    );
    expect(value).toBe(3);
    expect(
      ports.shown.some(({ bundle }) =>
        String(bundle['text/plain']).includes('last: Command failed with exit code 3')
      )
    ).toBe(true);
  });

  test('shows one line that tells elapsed time, next check and deadline', async () => {
    await poll(({ attempt }) => attempt > 1, { every: 20, timeout: '10m', name: 'Ready' });
    expect(new Set(ports.shown.map(({ displayId }) => displayId)).size).toBe(1);
    expect(ports.shown.filter(({ isUpdate }) => !isUpdate)).toHaveLength(1);
    const lines = ports.shown.map(({ bundle }) => String(bundle['text/plain']));
    expect(lines.find(line => line.includes('check 2 in'))).toMatch(
      /^░{20} Ready: \d+ ms of 10 min 0 s · check 2 in \d+ ms · until \d\d:\d\d:\d\d UTC · last: not yet$/
    );
  });

  test('fails when the time is over, after a last check, with what it said', async () => {
    const error = await failureOf(poll(() => false, { every: 30, timeout: 100, name: 'Ready' }));
    expect(error).toMatchObject({ name: 'WaitFailedError', code: 'poll.timed_out' });
    expect(error.message).toMatch(
      /^“Ready” did not hold within 100 ms; the last check said: not yet \(\d checks\)$/
    );
    expect(error.checks).toBeGreaterThan(1);
    expect(lastLine()).toMatch(/^✗ Ready: did not hold/);
    expect(ports.entries.at(-1)).toMatchObject({ kind: 'effect-ended', outcome: 'failed' });
  });

  test('a check that never ends does not outlast the deadline, and is told by its signal', async () => {
    let isTold = false;
    const error = await failureOf(
      poll(
        ({ signal }) => {
          signal.addEventListener('abort', () => (isTold = true));
          return new Promise<boolean>(() => undefined);
        },
        { every: 10, timeout: 50 }
      )
    );
    expect(error).toMatchObject({ code: 'poll.timed_out', checks: 1 });
    expect(error.message).toContain('The check did not end in time.');
    expect(isTold).toBe(true);
  });

  test('a check can give up, and a mistake in its code ends the wait at once', async () => {
    const aborted = await failureOf(poll(({ abort }) => abort('the deploy was cancelled'), { every: 1 }));
    expect(aborted).toMatchObject({ code: 'poll.aborted', checks: 1 });
    expect(aborted.message).toContain('was given up: the deploy was cancelled');
    const mistaken = await failureOf(
      poll(() => (undefined as never as { a: { b: boolean } }).a.b, { every: 1 })
    );
    expect(mistaken).toMatchObject({ code: 'poll.aborted', checks: 1 });
    expect(mistaken.cause).toBeInstanceOf(Error);
    expect(await failureOf(poll(() => $({ retry: -1 })`true`, { every: 1 }))).toMatchObject({
      code: 'poll.aborted'
    });
  });

  test('an interrupt ends the pause and the check at once', async () => {
    const pausing = failureOf(poll(() => false, { every: '1h', timeout: '2h' }));
    while (!ports.shown.some(({ bundle }) => String(bundle['text/plain']).includes('check 2 in'))) {
      await sleep(1);
    }
    ports.interrupt();
    expect(await pausing).toMatchObject({ code: 'poll.interrupted' });
    expect(ports.entries.at(-1)).toMatchObject({ outcome: 'inconclusive' });
    ports = installFakePorts();
    const checking = failureOf(poll(() => new Promise<boolean>(() => undefined)));
    ports.interrupt();
    expect(await checking).toMatchObject({ code: 'poll.interrupted' });
  });

  test('a wrong call lists every fault and asks nothing', async () => {
    const wrong = poll(false as never, { evry: 1, timeout: -1, name: '' } as never);
    await expect(wrong).rejects.toThrow(
      /The check is false[\s\S]*'evry' is not an option\. Did you mean 'every'\?[\s\S]*'timeout' is -1[\s\S]*'name' is ''/
    );
    expect([ports.entries, ports.shown]).toEqual([[], []]);
  });
});

describe('soak', () => {
  test('checks at the beginning, in between and at the end', async () => {
    const times: number[] = [];
    const result = await soak(60, {
      every: 20,
      name: 'Errors stay low',
      check: ({ elapsedMs }) => void times.push(elapsedMs)
    });
    expect(result).toMatchObject({ checks: times.length });
    expect(times.length).toBeGreaterThan(1);
    expect(times.at(-1)).toBeGreaterThanOrEqual(60);
    expect(lastLine()).toMatch(/^☑ Errors stay low: nothing went wrong \(\d+ ms, \d+ checks\)$/);
    expect(ports.entries.map(({ kind }) => kind)).toEqual(['effect-started', 'effect-ended']);
  });

  test('without a check lets the time pass', async () => {
    expect(await soak(20)).toMatchObject({ checks: 0 });
  });

  test.each([
    ['gives false', (): unknown => false, 'the check gave false'],
    ['throws', (): unknown => $`sh -c ${'exit 2'}`, 'Command failed with exit code 2']
  ])('a check that %s ends it at once', async (_, check, words) => {
    const error = await failureOf(soak('1h', { check, name: 'Quiet' }));
    expect(error).toMatchObject({ code: 'soak.failed', checks: 1 });
    expect(error.message).toContain(words);
    expect(lastLine()).toMatch(/^✗ Quiet: did not hold/);
  });

  test('an interrupt ends the pause and the check at once', async () => {
    const pausing = failureOf(soak('1h', { check: () => true }));
    while (!ports.shown.some(({ bundle }) => String(bundle['text/plain']).includes('check 2 in'))) {
      await sleep(1);
    }
    ports.interrupt();
    expect(await pausing).toMatchObject({ code: 'soak.interrupted' });
    ports = installFakePorts();
    const checking = failureOf(soak('1h', { check: () => new Promise(() => undefined) }));
    ports.interrupt();
    expect(await checking).toMatchObject({ code: 'soak.interrupted' });
  });

  test('a wrong call lists every fault', async () => {
    await expect(soak('soon', { check: 1, every: 'x' } as never)).rejects.toThrow(
      /The length is 'soon'[\s\S]*'every' is 'x'[\s\S]*'check' is 1/
    );
  });
});

describe('one wait is one output', () => {
  const outputs = (): number => ports.shown.filter(({ isUpdate }) => !isUpdate).length;

  test('however often a soak checks, with what its last check has shown', async () => {
    let checks = 0;
    await soak(40, {
      every: 1,
      name: 'Errors stay low',
      check: async () => {
        display.table([{ errors: ++checks }]);
        await $`echo looked ${checks}`;
      }
    });
    expect(checks).toBeGreaterThan(1);
    expect(outputs()).toBe(1);
    expect(ports.written()).toBe('');
    const last = ports.shown.at(-1)!.bundle;
    expect(last['text/plain']).toMatch(
      new RegExp(`^☑ Errors stay low: .*\\nerrors\\n------\\n${checks}\\nlooked ${checks}$`)
    );
    expect(last['text/html']).toContain(`<pre>looked ${checks}</pre>`);
    expect(last['text/markdown']).toContain(`| ${checks} |`);
  });

  test('also when it fails, with what it has found', async () => {
    const check = async (): Promise<void> => {
      display.table([{ errors: 7 }]);
      await $`sh -c ${'echo too many >&2; exit 1'}`;
    };
    await expect(soak('1h', { check })).rejects.toThrow('— too many');
    expect(outputs()).toBe(1);
    expect(lastLine()).toMatch(/^✗ Soak: did not hold: .* — too many .*\nerrors\n------\n7\ntoo many$/);
  });

  test('with a wait inside of it, and while it goes on its line says what was shown last', async () => {
    await poll(
      async ({ attempt }) => {
        await soak(1, { name: 'Inner' });
        return attempt === 2;
      },
      { every: 1, name: 'Outer' }
    );
    expect(outputs()).toBe(1);
    expect(lastLine()).toMatch(/^☑ Outer: done .*\n☑ Inner: nothing went wrong \(\d+ ms\)$/);
    expect(
      ports.shown.some(({ bundle }) => /last: not yet: ☑ Inner/.test(String(bundle['text/plain'])))
    ).toBe(true);
  });
});

test.each([
  ['10m', /until \d\d:\d\d:\d\d UTC/],
  ['3d', /until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/]
])('a deadline in %s is told with its date when it is on another day', async (length, expected) => {
  const noon = Date.UTC(2026, 10, 22, 12);
  Object.assign(ports, { now: () => noon });
  const waiting = failureOf(soak(length));
  ports.interrupt();
  await waiting;
  expect(String(ports.shown[0]!.bundle['text/plain'])).toMatch(expected);
  expect(String(ports.shown[0]!.bundle['text/plain'])).not.toContain('check');
});
