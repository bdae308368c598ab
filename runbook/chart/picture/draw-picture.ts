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

/** Draws while other work goes on. */
export async function drawChart(chart: Chart): Promise<DrawnChart> {
  const { thread, port } = startThread();
  try {
    port.postMessage(chart.spec);
    const ends = [once(port, 'message', { signal: AbortSignal.timeout(LONGEST_MS) }), once(thread, 'exit')];
    const [answer] = (await Promise.race(ends)) as [Drawn];
    return drawnChart(chart, answer);
  } catch (error) {
    return drawnChart(chart, { fault: innermostMessage(error) });
  } finally {
    await thread.terminate();
  }
}

/** Draws in a cell, whose outputs keep their order: it waits. The thread, which takes 100 MiB, stays a minute for the next chart. */
export function drawChartNow(chart: Chart): DrawnChart {
  kept ??= startThread();
  const { port, answers } = kept;
  clearTimeout(idle);
  const before = Atomics.load(answers, 0);
  port.postMessage(chart.spec);
  Atomics.wait(answers, 0, before, LONGEST_MS);
  const answer = receiveMessageOnPort(port)?.message as Drawn | undefined;
  if (answer === undefined) {
    endThread();
  }
  idle = setTimeout(endThread, IDLE_MS).unref();
  return drawnChart(chart, answer);
}

interface Thread extends DrawingOrders {
  readonly thread: Worker;
}

let kept: Thread | undefined;
let idle: NodeJS.Timeout | undefined;

const IDLE_MS = 60_000;

function endThread(): void {
  void kept?.thread.terminate();
  kept = undefined;
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
