import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { $, display, poll, scatter, ScatterFailedError } from '../../../runbook/index.js';
import { installFakePorts, type FakePorts } from '../fake-ports.js';

let ports: FakePorts;
beforeEach(() => {
  ports = installFakePorts();
});

const HOSTS = ['web-1', 'web-2', 'web-3', 'web-4', 'web-5'];

async function failureOf(scattered: Promise<unknown>): Promise<ScatterFailedError> {
  const error: unknown = await scattered.then(
    () => null,
    (reason: unknown) => reason
  );
  expect(error).toBeInstanceOf(ScatterFailedError);
  return error as ScatterFailedError;
}

function lastTable(): string {
  return String(ports.shown.at(-1)!.bundle['text/plain']);
}

describe('scatter', () => {
  test('gives the values in the order of the items, whatever ends first', async () => {
    const result = await scatter([30, 10, 20], async ms => {
      await sleep(ms);
      return ms * 2;
    });
    expect(result.values).toEqual([60, 20, 40]);
    expect(result).toMatchObject({ failed: false });
    expect(result.items.map(item => [item.status, item.attempts])).toEqual(Array(3).fill(['passed', 1]));
  });

  test('never has more items at work than allowed, and no fewer than it can', async () => {
    let atWork = 0;
    const seen: number[] = [];
    await scatter(
      HOSTS,
      async () => {
        seen.push(++atWork);
        await sleep(20);
        atWork--;
      },
      { concurrency: 2 }
    );
    expect(Math.max(...seen)).toBe(2);
    expect(seen).toHaveLength(5);
  });

  test('the name of an item is one line, wherever it stands', async () => {
    const { items } = await scatter([{ name: 'web\n1' }, { name: 'web\u20282' }], () => 1);
    expect(items.map(({ name }) => name)).toEqual(['web 1', 'web 2']);
  });

  test('runs real commands, one effect each', async () => {
    const result = await scatter(['a', 'b'], word => $`echo ${word}`.text());
    expect(result.values).toEqual(['a', 'b']);
    expect(ports.entries.filter(entry => entry.kind === 'effect-ended')).toHaveLength(2);
  });

  test('no items are no failure', async () => {
    expect(await scatter([], () => 1)).toMatchObject({ failed: false, values: [] });
  });

  test('shows a table that follows the items, and no object below it', async () => {
    const result = await scatter(
      HOSTS,
      host => (host === 'web-2' ? Promise.reject(new Error('no route')) : 1),
      {
        collect: true
      }
    );
    expect(ports.shown[0]!.bundle['text/plain']).toContain('0 of 5 passed, 5 waiting.');
    expect(lastTable()).toMatch(/^Item +Status +Time +Note\n/);
    expect(lastTable()).toMatch(/\nweb-2 +✗ failed .*no route\n/);
    expect(lastTable()).toContain('4 of 5 passed, 1 failed.');
    expect(ports.shown.slice(1).every(shown => shown.isUpdate)).toBe(true);
    const display = (result as unknown as { [key: symbol]: () => unknown })[Symbol.for('Jupyter.display')];
    expect(display?.()).toEqual({});
  });

  test('a thousand items make few updates and a short table', async () => {
    await scatter(
      Array.from({ length: 1000 }, (_, n) => n),
      n => n,
      { concurrency: 50 }
    );
    expect(ports.shown.length).toBeLessThan(20);
    expect(lastTable()).toBe('No rows.\n1000 of 1000 passed');
  });
});

describe('a failure', () => {
  const work = (host: string): string => {
    if (host === 'web-2' || host === 'web-4') {
      throw new Error(`${host} is away`);
    }
    return host;
  };

  test('does not stop the others, and is thrown at the end with every item that failed', async () => {
    const error = await failureOf(scatter(HOSTS, work));
    expect(error).toMatchObject({
      code: 'scatter.failed',
      fields: { failed: ['web-2', 'web-4'], skipped: [] }
    });
    expect(error.message).toBe('2 of 5 items failed.\n  web-2: web-2 is away\n  web-4: web-4 is away');
    expect(error.result.values).toEqual(['web-1', 'web-3', 'web-5']);
  });

  test('with failFast no further item begins', async () => {
    const error = await failureOf(scatter(HOSTS, work, { failFast: true, concurrency: 1 }));
    expect(error.result.items.map(item => item.status)).toEqual([
      'passed',
      'failed',
      'skipped',
      'skipped',
      'skipped'
    ]);
    expect(error.message).toContain('1 of 5 items failed, 3 did not begin.');
  });

  test('with collect the result is given back', async () => {
    const result = await scatter(HOSTS, work, { collect: true });
    expect(result.failed).toBe(true);
    expect(result.items[1]).toMatchObject({
      name: 'web-2',
      status: 'failed',
      value: undefined,
      error: { message: 'web-2 is away' }
    });
  });

  test('retryFailed calls the work for those that did not pass, and for no other', async () => {
    const called: string[] = [];
    let isAway = true;
    const result = await scatter(
      HOSTS,
      host => {
        called.push(host);
        if (host === 'web-2' && isAway) {
          throw new Error('away');
        }
        return host.toUpperCase();
      },
      { failFast: true, concurrency: 1, collect: true }
    );
    isAway = false;
    called.length = 0;
    const again = await result.retryFailed();
    expect(called).toEqual(['web-2', 'web-3', 'web-4', 'web-5']);
    expect(again.failed).toBe(false);
    expect(again.values).toEqual(['WEB-1', 'WEB-2', 'WEB-3', 'WEB-4', 'WEB-5']);
    expect(again.items.map(item => item.attempts)).toEqual([1, 2, 1, 1, 1]);
    expect(result.failed).toBe(true);
  });
});

test('an interrupt lets no further item begin, and is never collected', async () => {
  const started: string[] = [];
  const running = failureOf(
    scatter(
      HOSTS,
      async host => {
        started.push(host);
        ports.interrupt();
        await sleep(5);
      },
      { concurrency: 2, collect: true }
    )
  );
  const error = await running;
  expect(error.code).toBe('scatter.interrupted');
  expect(started).toEqual(['web-1']);
  expect(error.result.items.filter(item => item.status === 'skipped')).toHaveLength(4);
});

test('items are named by what they are', async () => {
  const named = await scatter(['x', 7, { name: 'n' }, { host: 'h' }, { other: 1 }] as const, () => null);
  expect(named.items.map(item => item.name)).toEqual(['x', '7', 'n', 'h', 'item 5']);
  const own = await scatter([{ a: 1 }], () => null, { name: item => `a=${item.a}` });
  expect(own.items[0]!.name).toBe('a=1');
});

test('every fault of a wrong call is listed and nothing is called', async () => {
  await expect(scatter(5 as never, 'x' as never, { concurency: 2, failFast: 1 } as never)).rejects.toThrow(
    /The list of items is 5[\s\S]*The work is 'x'[\s\S]*'concurency' is not an option. Did you mean 'concurrency'\?[\s\S]*'failFast' is 1/
  );
});

describe('what items show', () => {
  test('each line carries the name of its item, also of the last one without an end', async () => {
    await scatter(['orders', 'payments'], name => $`sh -c ${`echo building; printf ${name}-done`}`);
    const lines = ports.written('stdout').trimEnd().split('\n').sort();
    expect(lines).toEqual([
      'orders   | building',
      'orders   | orders-done',
      'payments | building',
      'payments | payments-done'
    ]);
  });

  test('displays and waits carry it too, in every format, and one inside of another both', async () => {
    await scatter(['eu', 'us'], region =>
      scatter(['a&b'], async () => {
        display.table([{ region }]);
        await poll(() => true, { name: 'Ready' });
      })
    );
    const plain = ports.shown.map(({ bundle }) => String(bundle['text/plain']));
    expect(plain).toContain('eu | a&b | region\neu | a&b | ------\neu | a&b | eu');
    expect(plain.filter(text => /^us \| a&b \| ☑ Ready: done/.test(text))).toHaveLength(1);
    const last = ports.shown.find(({ bundle }) => String(bundle['text/plain']).startsWith('us | a&b | ☑'))!;
    expect(last.bundle['text/html']).toMatch(/^<div><b>us<\/b> \| <b>a&amp;b<\/b> \| ☑ Ready/);
    expect(last.bundle['text/markdown']).toMatch(/^\*\*us\*\* — \*\*a&amp;b\*\* — ☑ Ready/);
  });

  test('commands on hosts carry host and item', async () => {
    await scatter(['one'], () => $`sh -c ${'echo out >&2'}`);
    expect(ports.written('stderr')).toBe('one | out\n');
  });

  test('nothing of it is left behind: the cell shows without a name afterwards', async () => {
    await scatter(['one'], () => $`echo a`);
    await $`echo b`;
    expect(ports.written('stdout')).toBe('one | a\nb\n');
  });

  test('a failed command says the last line of its stderr, in the table and in the error', async () => {
    const error = await failureOf(
      scatter(['web-1', 'web-2'], host => $`sh -c ${`echo trying >&2; echo no route to ${host} >&2; exit 1`}`)
    );
    for (const host of ['web-1', 'web-2']) {
      expect(error.message).toMatch(
        new RegExp(`${host}: Command failed with exit code 1 .* — no route to ${host}`)
      );
      expect(lastTable()).toMatch(new RegExp(`${host} .*✗ failed .* — no route to ${host}`));
    }
    const outer = await failureOf(
      scatter(['eu'], () => scatter(['web-1'], () => $`sh -c ${'echo why >&2; exit 1'}`))
    );
    expect(outer.message).toMatch(/eu: 1 of 1 item failed\. — web-1: Command failed .* — why/);
  });
});
