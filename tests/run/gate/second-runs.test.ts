// Second runs in live production: what has passed, or of which nobody can tell, is asked about once before it is done again.
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import type { Json } from '../../../contract/base/json.js';
import type { Cell } from '../../../run/ports.js';
import { askFor } from '../../../run/acts/ask-for.js';
import { makeSampleRun, RUN, type SampleCell, type SampleRun } from '../sample-run.js';

const LIVE = { ...RUN, environment: 'production' };
const CELLS: readonly SampleCell[] = [
  { id: 'phase', cell_type: 'markdown', source: '## Deploy' },
  { id: 'look', cell_type: 'code', source: "// Look\nawait http.get('https://x')" },
  { id: 'deploy', cell_type: 'code', source: '// Deploy\nawait $`fleetctl deploy`' },
  { id: 'tell', cell_type: 'code', source: "// Tell\nawait slack('done')" },
  { id: 'own', cell_type: 'code', source: '// Own\nawait release()' }
];

let opened: SampleRun | null = null;
afterEach(() => opened?.end());

async function open(run: typeof RUN | null = LIVE, isProduction = true): Promise<SampleRun> {
  opened = makeSampleRun(CELLS, run, { isProduction });
  await opened.keeper.open();
  if (isProduction && run?.mode === 'live') {
    await opened.guard.confirm('production', opened.people.owner);
  }
  return opened;
}

interface Did {
  readonly helper: string;
  readonly label: string;
  readonly request?: Json;
}

/** Runs a step to its end, with what it does to the world. */
async function end(
  run: SampleRun,
  step: string,
  how: 'passed' | 'failed' | 'interrupted' = 'passed',
  did: readonly Did[] = [],
  from: Partial<Cell> = {}
): Promise<void> {
  const { cell, attempt } = await run.admit(step, undefined, from);
  for (const [index, each] of did.entries()) {
    const effect = `${step}-${attempt}-${index}`;
    await run.keeper.append({ kind: 'effect-started', effect, step, attempt, request: null, ...each });
    await run.keeper.append({ kind: 'effect-ended', effect, outcome: 'passed', durationMs: 1, result: null });
  }
  const code = how === 'failed' ? 'shell.failed' : 'cell.interrupted';
  const record = { name: 'X', code, message: 'm' };
  await run.gate.settle(cell, {
    status: how === 'passed' ? 'ok' : 'error',
    startedAt: '',
    ...(how === 'passed' ? {} : { error: { ename: 'X', evalue: 'm', traceback: [], record } })
  });
}

const refusal = async (run: SampleRun, step: string, from: Partial<Cell> = {}) =>
  (await run.gate.admit(run.cellOf(step, undefined, from))).refusal?.record;
const SAID = { allowsStdin: true };
const allow = (run: SampleRun, ...steps: string[]) =>
  askFor(run.acts, 'run-again', { steps }, { client: { session: 'session-1', username: '' } });

describe('a step that has passed and changes something', () => {
  test('is refused where nobody can be asked, with the line that lets it run again', async () => {
    const run = await open();
    await end(run, 'deploy');
    expect(await refusal(run, 'deploy')).toMatchObject({
      name: 'SecondRunError',
      code: 'again.unanswered',
      message:
        '“Deploy” has passed (attempt 1), and would do again: $. A second run in live production is asked about before, and this client cannot be asked. Nothing of the cell has run.',
      hint: 'To run it again: %run-again "Deploy", then run it; in a terminal: launchbook run RUN.ipynb --again "Deploy"'
    });
    expect(run.keeper.state.steps['deploy']?.attempts).toHaveLength(1);
  });

  test('runs again after a yes, which is recorded and counts for one attempt', async () => {
    const run = await open();
    await end(run, 'deploy', 'passed', [{ helper: 'shell', label: 'fleetctl deploy orders 2.4.0' }]);
    run.type(async () => 'no');
    expect((await refusal(run, 'deploy', SAID))?.code).toBe('again.refused');
    run.type(async () => ' Yes ');
    await end(run, 'deploy', 'passed', [], SAID);
    expect(run.questions.at(-1)).toBe(
      '“Deploy” has passed (attempt 1), and would do again: fleetctl deploy orders 2.4.0. Type yes to run it again, and with it what you have sent along: '
    );
    expect(run.journal.records).toContainEqual(
      expect.objectContaining({ kind: 'second-run-allowed', step: 'deploy', attempt: 1 })
    );
    expect((await refusal(run, 'deploy'))?.code).toBe('again.unanswered');
  });

  test('is asked about again when it was sent in the very millisecond of the answer', async () => {
    const run = await open();
    await end(run, 'deploy');
    jest.useFakeTimers({
      now: Date.now(),
      doNotFake: ['setTimeout', 'setImmediate', 'nextTick', 'queueMicrotask']
    });
    try {
      run.type(async () => 'yes');
      await end(run, 'deploy', 'passed', [], SAID);
      expect((await refusal(run, 'deploy'))?.code).toBe('again.unanswered');
    } finally {
      jest.useRealTimers();
    }
  });

  test('a page asks before it sends the cells, and then nobody is asked any more', async () => {
    const run = await open();
    await end(run, 'deploy');
    await end(run, 'tell');
    const texts = Object.fromEntries(CELLS.slice(1).map(({ id, source }) => [id, source]));
    const plan = () =>
      askFor(run.acts, 'plan-run-again', { texts }, { client: { session: 'another', username: '' } });
    expect((await plan()).again).toEqual([
      { step: 'deploy', title: 'Deploy', attempt: 1, outcome: 'passed', changes: ['$'] },
      { step: 'tell', title: 'Tell', attempt: 1, outcome: 'passed', changes: ['slack'] }
    ]);
    await allow(run, 'deploy', 'tell');
    expect((await plan()).again).toEqual([]);
    await end(run, 'deploy');
    await end(run, 'tell');
    await expect(allow(run, 'own')).rejects.toMatchObject({ code: 'again.not_needed' });
  });

  test('a page may say yes while the cell asks: its question is withdrawn, and one yes is recorded', async () => {
    const run = await open();
    await end(run, 'deploy');
    const asked = Promise.withResolvers<void>();
    run.type((_prompt, signal) => {
      asked.resolve();
      return new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new Error('withdrawn')));
      });
    });
    const ended = end(run, 'deploy', 'passed', [], SAID);
    await asked.promise;
    await allow(run, 'deploy');
    await ended;
    expect(run.journal.records.filter(({ kind }) => kind === 'second-run-allowed')).toHaveLength(1);
    expect(run.keeper.state.steps['deploy']?.attempts).toHaveLength(2);
  });

  test('is asked about once for all that was sent before the answer, and again for what is sent later', async () => {
    const run = await open();
    await end(run, 'deploy');
    await end(run, 'tell');
    const sent = { ...SAID, queuedAt: new Date(Date.now() - 1000).toISOString() };
    run.type(async () => 'yes');
    await end(run, 'deploy', 'passed', [], sent);
    await end(run, 'tell', 'passed', [], sent);
    expect(run.questions).toHaveLength(1);
    const later = { ...SAID, queuedAt: new Date(Date.now() + 60_000).toISOString() };
    await end(run, 'tell', 'passed', [], later);
    expect(run.questions).toHaveLength(2);
    expect((await refusal(run, 'tell', { ...sent, session: 'another', allowsStdin: false }))?.code).toBe(
      'again.unanswered'
    );
  });
});

describe('is asked about', () => {
  test('what is inconclusive after an interrupt', async () => {
    const run = await open();
    await end(run, 'deploy', 'interrupted');
    expect((await refusal(run, 'deploy'))?.message).toContain('“Deploy” is inconclusive: nobody can tell');
  });

  test('what an own function did, as the journal tells it', async () => {
    const run = await open();
    await end(run, 'own', 'passed', [{ helper: 'http', label: 'POST https://x/releases' }]);
    expect((await refusal(run, 'own'))?.message).toContain('would do again: POST https://x/releases');
  });

  test('what only counts no longer because a step before it was run again', async () => {
    const run = await open();
    await end(run, 'look');
    await end(run, 'deploy');
    await end(run, 'look');
    expect(run.keeper.state.steps['deploy']?.status).toBe('stale');
    expect((await refusal(run, 'deploy'))?.code).toBe('again.unanswered');
  });
});

describe('is not asked about', () => {
  test.each<[string, readonly Did[]]>([
    ['a question', [{ helper: 'http', label: 'GET https://x' }]],
    [
      'a command that only looks',
      [{ helper: 'shell', label: 'fleetctl status', request: { changes: false } }]
    ],
    ['a search', [{ helper: 'splunk', label: 'search *' }]],
    ['nothing', []]
  ])('%s', async (_what, did) => {
    const run = await open();
    await end(run, 'own', 'passed', did);
    expect(await refusal(run, 'own')).toBeUndefined();
  });

  test('a command of a wait', async () => {
    const run = await open();
    const { cell, attempt } = await run.admit('own');
    const started = { kind: 'effect-started' as const, step: 'own', attempt, request: null };
    await run.keeper.append({ ...started, effect: 'p', helper: 'poll', label: 'ready' });
    await run.keeper.append({ ...started, effect: 's', helper: 'shell', label: 'kubectl get', within: 'p' });
    await run.gate.settle(cell, { status: 'ok', startedAt: '' });
    expect(await refusal(run, 'own')).toBeUndefined();
  });

  test('what failed, what a person gave up, and what is gone on with', async () => {
    const run = await open();
    await end(run, 'deploy', 'failed');
    await end(run, 'deploy');
    const client = { client: { session: 'session-1', username: '' } };
    await askFor(run.acts, 'discard', { from: 'deploy', reason: 'anew' }, client);
    await end(run, 'deploy', 'interrupted');
    await askFor(run.acts, 'continue', { step: 'deploy', reason: '' }, client);
    await end(run, 'deploy');
  });

  test.each<[string, typeof RUN | null, boolean]>([
    ['in a dry run', { ...LIVE, mode: 'dry-run' }, true],
    ['in a lower environment', RUN, false],
    ['in a scratch notebook', null, true]
  ])('%s', async (_where, info, isProduction) => {
    const run = await open(info, isProduction);
    await end(run, 'deploy');
    expect(await refusal(run, 'deploy')).toBeUndefined();
  });
});
