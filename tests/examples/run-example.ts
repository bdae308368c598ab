// Runs an example to its end with its people's answers: a git repository of its own, a fresh run of the template in it, the real kernel,
// and a front end for each person. What is left is a run as people leave one: notebook with outputs, journal, everything in place.
import { cpSync } from 'node:fs';
import { basename, join } from 'node:path';
import { textOf } from '../../contract/notebook/outline.js';
import type { RunMode } from '../../contract/base/run.js';
import type { RunState } from '../../contract/state/state.js';
import { composeKernel } from '../../kernel/host/compose/compose.js';
import { HeadlessClient, type ExecutedCell } from '../../kernel/host/headless/headless-client.js';
import { writeCellOutputs } from '../../kernel/host/headless/headless-notebook.js';
import { NotebookFile } from '../../run/keeper/notebook-file.js';
import { InMemoryTransport } from '../../kernel/transport/in-memory.js';
import { newRun } from '../../lifecycle/new/new-run.js';
import { makeSandbox, type Sandbox } from '../cli/launchbook.js';
import { ExamplePeople, type Rejections } from './example-people.js';
import { NODE, ROOT, type RunningFleet } from './start-fleet.js';

export interface ExampleRequest {
  readonly fleet: RunningFleet;
  /** @default rehearsal */
  readonly mode?: RunMode | 'scratch';
  /** `name=value` pairs, as `launchbook new --param` takes them. @default the template's */
  readonly parameters?: readonly string[];
  /** Hold points that are rejected, with the reason. @default all are approved */
  readonly rejections?: Rejections;
}

/** A run of an example, open in a kernel. Close it; `remove` deletes its repository too. */
export interface ExampleRun {
  /** Absolute path of the notebook, in the repository `box.folder`. */
  readonly path: string;
  readonly box: Sandbox;
  readonly people: ExamplePeople;
  readonly state: RunState;
  /** Ids of the code cells, in order. */
  readonly steps: readonly string[];
  /** Executes the steps that have not passed, in order, up to `until` (included) or the first that does not pass. */
  proceed(until?: string): Promise<ExampleEnd>;
  /** Executes a line that is in no cell: `await rollback.run()`, `%rewind …`. */
  say(code: string): Promise<ExecutedCell>;
  /** What a step showed, as text. */
  shown(step: string): string;
  close(): Promise<void>;
  remove(): Promise<void>;
}

/** `step` is the one that did not pass, with its error; null when all have passed. */
export interface ExampleEnd {
  readonly step: string | null;
  readonly error: ExecutedCell['error'];
}

/**
 * Runs `examples/NAME.ipynb` to its end. Throws when a step does not pass.
 *
 * @example
 * const run = await runExample('many-services', { fleet })
 * await run.close()        // the kernel is gone; run.path and run.box are there for `archive`, `verify`, nbconvert
 * await run.remove()
 */
export async function runExample(name: string, request: ExampleRequest): Promise<ExampleRun> {
  const run = await openExample(name, request);
  const { step, error } = await run.proceed();
  if (step !== null) {
    const faults = [`${name}, step ${step}: ${error?.name}: ${error?.message}`, ...run.people.refused];
    await run.remove();
    throw new Error(faults.join('\n'));
  }
  return run;
}

/** Makes a run of `examples/NAME.ipynb` and opens it; nothing of it has been executed. */
export async function openExample(name: string, request: ExampleRequest): Promise<ExampleRun> {
  const box = makeRepository(request.fleet);
  const path = await makeNotebook(box, name, request);
  const notebook = new NotebookFile(path);
  const transport = new InMemoryTransport();
  const client = new HeadlessClient(transport, 'driver');
  const people = new ExamplePeople(transport, request.rejections ?? {});
  const kernel = composeKernel({
    transport,
    notebook,
    folder: notebook.folder,
    nodePath: NODE,
    historyPath: null,
    onShutdown: () => undefined,
    log: () => undefined
  });
  const { run } = kernel;
  run.subscribe(record => people.hear(record, run.state));
  await run.open();
  await kernel.start();
  const shown = new Map<string, string>();
  const steps = notebook.read().outline.phases.flatMap(phase => phase.steps.map(({ id }) => id));
  const execute = async (step: string): Promise<ExecutedCell> => {
    const cell = notebook.read().cells.find(({ id }) => id === step)!;
    const executed = await client.execute(textOf(cell.source), step);
    writeCellOutputs(path, step, executed, run.state.steps[step]?.attempts.at(-1) ?? null);
    shown.set(step, textOfOutputs(executed));
    return executed;
  };
  const close = async (): Promise<void> => {
    await kernel.shutdown();
    await kernel.closeJournal();
  };
  return {
    path,
    box,
    people,
    steps,
    get state() {
      return run.state;
    },
    async proceed(until) {
      const last = until === undefined ? steps.length : steps.indexOf(until) + 1;
      for (const step of steps.slice(0, last)) {
        const isDone = ['passed', 'skipped'].includes(run.state.steps[step]?.status ?? '');
        const executed = isDone ? null : await execute(step);
        if (executed && executed.status !== 'ok') {
          return { step, error: executed.error };
        }
      }
      return { step: null, error: null };
    },
    say: code => client.execute(code, null),
    shown: step => shown.get(step) ?? '',
    close,
    async remove() {
      await close().catch(() => undefined);
      box.remove();
    }
  };
}

/** The examples as somebody has cloned them, without the fleet's sources and without other runs. */
function makeRepository(fleet: RunningFleet): Sandbox {
  Object.assign(process.env, fleet.environment);
  const box = makeSandbox(fleet.environment);
  cpSync(join(ROOT, 'examples'), box.folder, {
    recursive: true,
    filter: path => !['fleet', 'runs', '.launchbook', '.ipynb_checkpoints'].includes(basename(path))
  });
  box.git('init', '--template=', '--quiet', '--initial-branch=main');
  box.git('config', 'user.name', 'Ann Lee');
  box.git('config', 'user.email', 'ann@example.com');
  box.commit('Begin');
  return box;
}

async function makeNotebook(
  box: Sandbox,
  name: string,
  { mode = 'rehearsal', parameters = [] }: ExampleRequest
): Promise<string> {
  const template = join(box.folder, `${name}.ipynb`);
  if (mode === 'scratch') {
    return template;
  }
  const { path } = await newRun({
    template,
    release: RELEASES[name] ?? '2.4.0',
    environment: 'staging',
    mode,
    parameters
  });
  return path;
}

/** What an example releases, where it is another release than that of the others. */
const RELEASES: { readonly [name: string]: string } = { 'database-migration': '2.5.0' };

function textOfOutputs({ outputs, error }: ExecutedCell): string {
  const texts = outputs.map(output =>
    output.kind === 'stream'
      ? output.text
      : 'data' in output
        ? `${String((output.data as { readonly [type: string]: unknown })['text/plain'] ?? '')}\n`
        : ''
  );
  return [...texts, ...(error ? [`${error.name}: ${error.message}`] : [])].join('');
}
