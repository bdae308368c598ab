// Which kernel a run is opened with, and that no other one gets its cells.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  foreignKernelOf,
  OwnKernelOnly,
  ownKernelName,
  preferKernelOf
} from '../../../labextension/kernel/own-kernel.js';

type Context = Parameters<typeof foreignKernelOf>[0];
type Document = Parameters<typeof preferKernelOf>[0];

/** A connection whose class has the method that sends a cell. */
class FakeKernel {
  readonly sent: string[] = [];
  /** The metadata of what was sent. */
  readonly told: unknown[] = [];
  readonly info: Promise<{ implementation: string }>;
  private tell: (info: { implementation: string }) => void = () => undefined;

  constructor(readonly name: string) {
    this.info = new Promise(resolve => (this.tell = resolve));
  }

  requestExecute(code: string, _disposeOnDone?: boolean, metadata?: object): void {
    this.sent.push(code);
    this.told.push(metadata);
  }

  async is(implementation: string): Promise<void> {
    this.tell({ implementation });
    await new Promise(setImmediate);
  }
}

class FakeContext {
  kernelPreference: { name?: string } = {};
  session: { kernel: FakeKernel } | null = null;
  readonly specsManager = {
    specs: {
      kernelspecs: {
        launchbook: { language: 'typescript' },
        mine: { language: 'typescript' },
        python3: { language: 'python' }
      }
    }
  };
  readonly kernelChanged = {
    connect: (listener: () => void, self: unknown): void => {
      this.listener = () => listener.call(self);
    }
  };
  private listener: () => void = () => undefined;

  get kernelDisplayName(): string {
    return this.session?.kernel.name === 'python3' ? 'Python 3' : 'Launchbook';
  }

  attach(kernel: FakeKernel | null): void {
    this.session = kernel && { kernel };
    this.listener();
  }
}

const ownWindow = globalThis.window;

beforeAll(() => {
  // Patience that is not needed does not keep the process.
  globalThis.window = { setTimeout: (act: () => void, ms: number) => setTimeout(act, ms).unref() } as never;
});

afterAll(() => {
  globalThis.window = ownWindow;
});

function trySend(kernel: FakeKernel, code: string): void {
  try {
    kernel.requestExecute(code);
  } catch {
    // Refused: `sent` tells.
  }
}

describe('a notebook that has just been read', () => {
  test.each([
    ['launchbook', true, 'launchbook'],
    ['python3', false, 'python3'],
    ['', true, 'launchbook'],
    ['', false, undefined]
  ])('with the kernel %j, a run: %j, prefers %j before anything can be run', (name, isRun, expected) => {
    const sessionContext = new FakeContext();
    const model = { defaultKernelName: name, defaultKernelLanguage: '' };
    preferKernelOf({ model, sessionContext } as unknown as Document, isRun);
    expect(sessionContext.kernelPreference.name).toBe(expected);
  });
});

test.each([
  ['launchbook', 'launchbook'],
  ['mine', 'mine'],
  ['python3', 'launchbook'],
  ['gone', 'launchbook'],
  [undefined, 'launchbook']
])('the own kernel of a run whose notebook says %j is %j', (name, expected) => {
  const context = new FakeContext();
  context.kernelPreference = name === undefined ? {} : { name };
  expect(ownKernelName(context as unknown as Context)).toBe(expected);
});

test('a foreign kernel is known by its own word', async () => {
  const context = new FakeContext();
  expect(await foreignKernelOf(context as unknown as Context)).toBeNull();
  const python = new FakeKernel('python3');
  context.attach(python);
  await python.is('ipython');
  expect(await foreignKernelOf(context as unknown as Context)).toBe('Python 3');
  const mine = new FakeKernel('mine');
  context.attach(mine);
  await mine.is('launchbook');
  expect(await foreignKernelOf(context as unknown as Context)).toBeNull();
});

describe('a run', () => {
  test('says the reason where a cell is sent to another kernel', () => {
    const context = new FakeContext();
    new OwnKernelOnly(context as unknown as Context, {
      isRun: () => true,
      runOfDocument: () => null,
      changed: () => undefined
    });
    const python = new FakeKernel('python3');
    context.attach(python);
    expect(() => python.requestExecute('deploy()')).toThrow(
      'The kernel of this run is Python 3, so nothing was run'
    );
  });

  test.each([
    ['launchbook', 'deploy', { cellId: 'a', launchbook: { run: 'deploy' } }],
    ['mine', 'deploy', { cellId: 'a', launchbook: { run: 'deploy' } }],
    ['launchbook', null, { cellId: 'a' }]
  ])('says to the kernel %s with each cell that its document is the run %j', async (name, id, expected) => {
    const context = new FakeContext();
    const document: { id: string | null } = { id: null };
    new OwnKernelOnly(context as unknown as Context, {
      isRun: () => true,
      runOfDocument: () => document.id,
      changed: () => undefined
    });
    const kernel = new FakeKernel(name);
    context.attach(kernel);
    await kernel.is('launchbook');
    document.id = id;
    kernel.requestExecute('deploy()', false, { cellId: 'a' });
    expect(kernel.told).toEqual([expected]);
  });

  // Every order of two kernels, with what the first says coming before or after the second is attached.
  const NAMES = ['launchbook', 'mine', 'python3'] as const;
  const IMPLEMENTATIONS = { launchbook: 'launchbook', mine: 'launchbook', python3: 'ipython' };
  const cases = NAMES.flatMap(first =>
    NAMES.flatMap(second =>
      [true, false].flatMap(isRun => [true, false].map(isLate => ({ first, second, isRun, isLate })))
    )
  );

  test.each(cases)(
    '$first, then $second; a run: $isRun; the first says late what it is: $isLate',
    async each => {
      const { first, second, isRun, isLate } = each;
      const context = new FakeContext();
      const said: (string | null)[] = [];
      const only: OwnKernelOnly = new OwnKernelOnly(context as unknown as Context, {
        isRun: () => isRun,
        runOfDocument: () => null,
        changed: () => said.push(only.foreign)
      });
      const [one, two] = [new FakeKernel(first), new FakeKernel(second)];
      context.attach(one);
      trySend(one, 'at once');
      if (!isLate) {
        await one.is(IMPLEMENTATIONS[first]);
      }
      context.attach(two);
      if (isLate) {
        await one.is(IMPLEMENTATIONS[first]);
      }
      await two.is(IMPLEMENTATIONS[second]);
      trySend(two, 'later');
      const isForeign = isRun && second === 'python3';
      expect(only.foreign).toBe(isForeign ? 'Python 3' : null);
      expect(two.sent).toEqual(isForeign ? [] : ['later']);
      expect(one.sent).toEqual(!isRun || first === 'launchbook' ? ['at once'] : []);
      expect(said.at(-1) ?? null).toBe(only.foreign);
      only.dispose();
    }
  );
});
