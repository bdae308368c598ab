// The main thread of the executor process: takes orders from the supervisor, runs cells, reports. An entry file calls
// `serveExecutor` once, with what its cells shall find.
import { Socket } from 'node:net';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { setTimeout as setTimer } from 'node:timers';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Json } from '../../../contract/base/json.js';
import { RESOURCE_GLOBALS } from './cell-resources.js';
import { AuthorTexts } from './author-texts.js';
import { CellRunner } from './cell-runner.js';
import { ErrorPrinter } from './describe-error.js';
import { Evaluator } from './evaluator.js';
import { giveMemoryBack } from './give-memory-back.js';
import { FrameReader } from '../wire/frames.js';
import { SupervisorLink, type HostLink } from './host-link.js';
import { makeModuleGlobals, type ProvidedModules } from './modules/import-module.js';
import { Object } from '../intrinsics.js';
import { KeptNames } from './kept-values.js';
import { reportLateErrors } from './late-errors.js';
import { ORDERS_FD, type Order } from '../wire/messages.js';
import { ownTimers } from './own-timers.js';
import { ReportChannel, shareReports } from '../wire/report-channel.js';
import { Reporter } from '../wire/reporter.js';
import { tagOutput } from './tag-output.js';
import { watchChildren } from './watch-children.js';

/** What cells find in the executor. */
export interface Surroundings {
  /** Global names, each with what makes its value at the first use. A cell may redeclare them. */
  readonly globals: Readonly<Record<string, () => unknown>>;
  /** Modules by specifier, for cells and for local files. Each function gives the same object every time. */
  readonly modules: ProvidedModules;
}

type Setup = (link: HostLink, settings: Json) => Surroundings | Promise<Surroundings>;

/** Serves the supervisor until it is gone. `setup` runs once, before the first cell, and gets the settings of the supervisor. */
export function serveExecutor(options: { readonly setup: Setup }): void {
  const { channel, startWorker } = openReports();
  const reporter = new Reporter(channel);
  const evaluator = new Evaluator();
  const names = new KeptNames((jsName, value) => evaluator.redeclare(jsName, value));
  const link = new SupervisorLink(reporter, names);
  const parts: PreparedParts = {
    setup: options.setup,
    link,
    names,
    evaluator,
    reporter,
    channel,
    startWorker,
    take: orders => Object.assign(handlers, orders)
  };
  const handlers: Handlers = {
    ...linkHandlers(link),
    hello: order => void prepare(order, parts),
    run: () => {},
    interrupt: () => {}
  };
  const reader = new FrameReader(frame => {
    if (frame.kind === 'message') {
      dispatch(handlers, frame.message as unknown as Order);
    }
  });
  const orders = new Socket({ fd: ORDERS_FD, readable: true, writable: false });
  orders.on('data', chunk => reader.push(chunk));
  orders.on('close', () => process.exit(0));
}

const IDLE_MS = 300;

type Handlers = { [K in Order['kind']]: (order: Extract<Order, { kind: K }>) => void };

function dispatch<K extends Order['kind']>(handlers: Handlers, order: Extract<Order, { kind: K }>): void {
  handlers[order.kind](order);
}

// The worker starts with the first cell, or when the process has nothing else to do: until then it would only be in the way of the
// start. It hears every order that came before.
function openReports(): { readonly channel: ReportChannel; readonly startWorker: () => void } {
  const shared = shareReports();
  let worker: Worker | undefined;
  const startWorker = (): Worker => {
    worker ??= new Worker(new URL('./control-worker.js', import.meta.url), { workerData: shared });
    worker.unref();
    return worker;
  };
  return { channel: new ReportChannel(shared, () => startWorker().postMessage(null)), startWorker };
}

function linkHandlers(link: SupervisorLink): Pick<Handlers, 'answer' | 'refusal' | 'notice'> {
  return {
    answer: order => link.acceptAnswer(order.id, order.value),
    refusal: order => link.acceptRefusal(order.id, order.error),
    notice: order => link.acceptNotice(order.method, order.params)
  };
}

interface PreparedParts {
  readonly setup: Setup;
  readonly link: HostLink;
  readonly names: KeptNames;
  readonly evaluator: Evaluator;
  readonly reporter: Reporter;
  readonly channel: ReportChannel;
  readonly startWorker: () => void;
  /** From now on orders to run and to interrupt are carried out like this. */
  readonly take: (orders: Pick<Handlers, 'run' | 'interrupt'>) => void;
}

async function prepare(
  hello: Extract<Order, { kind: 'hello' }>,
  { setup, link, names, evaluator, reporter, channel, startWorker, take }: PreparedParts
): Promise<void> {
  const texts = new AuthorTexts();
  const printer = new ErrorPrinter(hello.folder, ownFolders(), texts);
  const runner = new CellRunner(evaluator, reporter, printer);
  reporter.setMarkerPrefix(hello.markerPrefix);
  evaluator.connect();
  tagOutput(reporter, printer);
  watchChildren(reporter);
  ownTimers(() => channel.isStopped);
  const surroundings = await setupOrExit(() => setup(link, hello.settings), reporter, printer);
  reportLateErrors(reporter, printer, link);
  const own = {
    ...RESOURCE_GLOBALS,
    ...names.globals,
    ...makeModuleGlobals(hello.folder, surroundings.modules)
  };
  Object.entries(own).forEach(([name, value]) => defineGlobal(name, value));
  Object.entries(surroundings.globals).forEach(([name, make]) => defineLazily(name, make));
  const rest = giveMemoryBack(setTimer);
  const run: Handlers['run'] = order => {
    startWorker();
    rest();
    const { declares, later } = order.script;
    names.begin(declares, later);
    texts.note(order.script);
    runner.run(order.key, order.script, order.userExpressions);
  };
  setTimer(startWorker, IDLE_MS).unref();
  let lastDone = 0;
  const interrupt: Handlers['interrupt'] = order => {
    channel.interruptSeen = order.id;
    reporter.report({ kind: 'stopping', id: order.id });
    const finish = (): void => {
      lastDone = order.id;
      reporter.report({ kind: 'interrupted', id: order.id });
    };
    if (order.id <= lastDone) {
      finish(); // said twice; the cell that runs now is another one
    } else {
      runner.interrupt(finish);
    }
  };
  take({ run, interrupt });
  process.on('exit', code => {
    reporter.report({ kind: 'exiting', code });
    reporter.barrier();
    evaluator.disconnect();
  });
  reporter.report({ kind: 'ready' });
}

async function setupOrExit(
  setup: () => Surroundings | Promise<Surroundings>,
  reporter: Reporter,
  printer: ErrorPrinter
): Promise<Surroundings> {
  try {
    return await setup();
  } catch (error) {
    reporter.report({ kind: 'unprepared', error: printer.describe(error) });
    process.exit(1);
  }
}

function ownFolders(): string[] {
  const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
  return ['kernel', 'runbook', 'record', 'contract'].map(layer => join(root, layer, '/'));
}

function defineGlobal(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true, enumerable: false });
}

function defineLazily(name: string, make: () => unknown): void {
  Object.defineProperty(globalThis, name, {
    get() {
      const value = make();
      defineGlobal(name, value);
      return value;
    },
    set: (value: unknown) => defineGlobal(name, value),
    configurable: true,
    enumerable: false
  });
}
