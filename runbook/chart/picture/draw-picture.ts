// The PNG of a chart. A thread of its own draws it: what draws takes half a second to load, and nothing that draws no chart loads it.
// The path means the same from this file and from the bundles of the kernel, which are as deep.
import { once } from 'node:events';
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';
import { innermostMessage } from '../../innermost-cause.js';
import type { Chart } from '../chart.js';

/** A chart with its picture; absent: it cannot be drawn, and the text says why. */
export interface DrawnChart extends Chart {
  readonly png?: Buffer;
}

/** What the thread is started with. */
export interface DrawingOrders {
  readonly port: MessagePort;
  /** Counts the answers, so that they can be waited for without a turn of the event loop. */
  readonly answers: Int32Array;
}

/** What the thread answers. */
export type Drawn = { readonly png: Uint8Array } | { readonly fault: string };

/** Longer than a slow machine takes for the largest chart, in milliseconds. */
const LONGEST_MS = 60_000;

/** Draws while other work goes on, one chart after the other. */
export async function drawChart(chart: Chart): Promise<DrawnChart> {
  const drawn = turn.then(() => drawAside(chart));
  turn = drawn;
  return drawn;
}

/** Draws in a cell, whose outputs keep their order: it waits. */
export function drawChartNow(chart: Chart): DrawnChart {
  const { port, answers } = takeThread('waits');
  const before = Atomics.load(answers, 0);
  port.postMessage(chart.spec);
  Atomics.wait(answers, 0, before, LONGEST_MS);
  const answer = receiveMessageOnPort(port)?.message as Drawn | undefined;
  keepThread('waits', answer !== undefined);
  return drawnChart(chart, answer);
}

async function drawAside(chart: Chart): Promise<DrawnChart> {
  const { thread, port } = takeThread('aside');
  let answer: Drawn | undefined;
  const ended = new AbortController();
  const until = AbortSignal.any([ended.signal, AbortSignal.timeout(LONGEST_MS)]);
  try {
    port.postMessage(chart.spec);
    const ends = [once(port, 'message', { signal: until }), once(thread, 'exit', { signal: until })];
    ends.forEach(end => void end.catch(() => undefined));
    [answer] = (await Promise.race(ends)) as [Drawn | undefined];
    return drawnChart(chart, answer);
  } catch (error) {
    return drawnChart(chart, { fault: innermostMessage(error) });
  } finally {
    ended.abort();
    keepThread('aside', typeof answer === 'object');
  }
}

/** Each way has a thread of its own, whose answers nobody else takes. */
type Way = 'waits' | 'aside';

interface Thread extends DrawingOrders {
  readonly thread: Worker;
  idle?: NodeJS.Timeout;
}

const threads = new Map<Way, Thread>();
let turn: Promise<unknown> = Promise.resolve();

const IDLE_MS = 60_000;

function takeThread(way: Way): Thread {
  const taken = threads.get(way) ?? startThread();
  threads.set(way, taken);
  clearTimeout(taken.idle);
  return taken;
}

/** It takes 100 MiB, and stays a minute for the next chart when it has answered. */
function keepThread(way: Way, hasAnswered: boolean): void {
  const end = (): void => {
    void threads.get(way)?.thread.terminate();
    threads.delete(way);
  };
  if (hasAnswered) {
    threads.get(way)!.idle = setTimeout(end, IDLE_MS).unref();
  } else {
    end();
  }
}

function startThread(): Thread {
  const { port1, port2 } = new MessageChannel();
  const answers = new Int32Array(new SharedArrayBuffer(4));
  const workerData: DrawingOrders = { port: port2, answers };
  const file = new URL('../../../runbook/chart/picture/drawing-thread.js', import.meta.url);
  const thread = new Worker(file, { workerData, transferList: [port2], execArgv: [] });
  thread.unref();
  return { thread, port: port1, answers };
}

function drawnChart(chart: Chart, answer: Drawn | number | undefined): DrawnChart {
  if (typeof answer === 'object' && 'png' in answer) {
    return { ...chart, png: Buffer.from(answer.png) };
  }
  const why = typeof answer === 'object' ? answer.fault : 'what draws gave no answer.';
  return { ...chart, text: `${chart.text}\nThere is no picture of it: ${why}` };
}
