// A page whose kernel is refused by the lock of the journal goes over to the kernel that holds it, and to no other one.
import { expect, test } from '@jest/globals';
import type { Refusal } from '../../../contract/comms/comm.js';
import { HoldingKernel, type KernelChoice } from '../../../labextension/kernel/holding-kernel.js';

/** A server with kernels, of which one may hold the journal, or a process that is none of them. */
class FakeServer {
  readonly kernels: Set<string>;
  readonly log: string[] = [];
  now = 1_000_000;

  constructor(
    kernels: readonly string[],
    public holder: string | null
  ) {
    this.kernels = new Set(kernels);
  }

  /** A page that is attached to `kernel`; other pages may share its session. */
  page(session: { kernel: string }): FakePage {
    return new FakePage(this, session);
  }
}

class FakePage implements KernelChoice {
  shown = '';
  asked = 0;
  readonly pauses: number[] = [];
  private readonly joining = new HoldingKernel(this);

  constructor(
    private readonly server: FakeServer,
    private readonly session: { kernel: string }
  ) {}

  attached(): string {
    return this.session.kernel;
  }

  async isRunning(kernel: string): Promise<boolean> {
    return this.server.kernels.has(kernel);
  }

  /** What the server does with a session that gets another kernel: the one before ends. */
  async goOverTo(kernel: string): Promise<void> {
    if (!this.server.kernels.has(kernel)) {
      throw new Error('400');
    }
    const before = this.session.kernel;
    this.session.kernel = kernel;
    this.server.log.push(`${before} → ${kernel}`);
    if (before !== kernel) {
      this.server.kernels.delete(before);
    }
    await this.open();
  }

  askAgain(): void {
    this.turn = this.open();
  }

  refused(why: string): void {
    this.shown = why;
  }

  async wait(ms: number): Promise<void> {
    this.pauses.push(ms);
    this.server.now += ms;
    await Promise.resolve();
  }

  now(): number {
    return this.server.now;
  }

  /** Speaks to the attached kernel, which keeps the run or refuses it. */
  async open(): Promise<void> {
    this.asked++;
    if (this.server.holder === this.session.kernel || this.server.holder === null) {
      this.server.holder = this.session.kernel;
    } else {
      await this.joining.refused(lockedBy(this.server.holder));
    }
  }

  /** Until nothing happens any more. */
  async settle(): Promise<void> {
    for (let turn; turn !== this.turn;) {
      turn = this.turn;
      await turn;
    }
  }

  private turn: Promise<void> = Promise.resolve();
}

function lockedBy(kernel: string): Refusal {
  const message = 'The journal is open in another kernel.';
  const fields = { pid: 1, host: 'here', since: '', ...(kernel === '' ? {} : { kernel }) };
  const error = {
    name: 'JournalLockedError',
    code: 'journal.locked',
    message,
    hint: 'Shut it down.',
    fields
  };
  return { reason: message, error };
}

test('the pages of a second kernel end at the one that holds the journal, and the second kernel ends', async () => {
  const server = new FakeServer(['k1', 'k2'], 'k1');
  const shared = { kernel: 'k2' };
  const pages = [{ kernel: 'k1' }, shared, shared].map(session => server.page(session));
  await Promise.all(pages.map(page => page.open()));
  await Promise.all(pages.map(page => page.settle()));
  expect(pages.map(page => [page.attached(), page.shown])).toEqual([
    ['k1', ''],
    ['k1', ''],
    ['k1', '']
  ]);
  expect([...server.kernels]).toEqual(['k1']);
});

test.each(['', 'of-another-server'])(
  'two kernels that are both refused by the process “%s” stay where they are, and their pages say why',
  async holder => {
    const server = new FakeServer(['k1', 'k2'], holder);
    const pages = ['k1', 'k2'].map(kernel => server.page({ kernel }));
    for (const page of pages) {
      await page.open();
      await page.settle();
    }
    expect(server.log).toEqual([]);
    expect(pages.map(({ asked, shown, pauses }) => [asked, shown, pauses])).toEqual(
      pages.map(() => [6, 'The journal is open in another kernel. Shut it down.', [0, 500, 1000, 2000, 4000]])
    );
  }
);

test('a holder that is about to end is waited for', async () => {
  const server = new FakeServer(['k2'], 'of-the-server-that-died');
  const page = server.page({ kernel: 'k2' });
  page.wait = async ms => {
    server.holder = ms === 1000 ? null : server.holder;
    await Promise.resolve();
  };
  await page.open();
  await page.settle();
  expect([page.attached(), page.asked, page.shown]).toEqual(['k2', 4, '']);
});

test('what is refused for another reason is said at once, and nothing else is tried', async () => {
  const page = new FakeServer(['k1', 'k2'], 'k1').page({ kernel: 'k2' });
  const joining = new HoldingKernel(page);
  await joining.refused({ reason: 'The journal was cut.' });
  expect([page.shown, page.asked, page.pauses]).toEqual(['The journal was cut.', 0, []]);
});

test('a kernel that somebody else has attached meanwhile is left alone', async () => {
  const server = new FakeServer(['k1', 'k2', 'k3'], 'k1');
  const session = { kernel: 'k2' };
  const page = server.page(session);
  page.wait = async () => {
    session.kernel = 'k3';
    await Promise.resolve();
  };
  await page.open();
  expect([server.log, page.asked]).toEqual([[], 1]);
});

test('who was refused for good is asked anew when it happens again much later', async () => {
  const server = new FakeServer(['k1', 'k2'], '');
  const page = server.page({ kernel: 'k2' });
  await page.open();
  await page.settle();
  server.holder = 'k1';
  server.now += 60_000;
  await page.open();
  await page.settle();
  expect([page.attached(), server.log]).toEqual(['k1', ['k2 → k1']]);
});
