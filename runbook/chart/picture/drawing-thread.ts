// The thread that draws one picture after the other. It loads what draws with the first one, so that a fault of loading is an answer too.
import { workerData } from 'node:worker_threads';
import type { JsonObject } from '../../../contract/base/json.js';
import { innermostMessage } from '../../innermost-cause.js';
import type { Drawn, DrawingOrders } from './draw-picture.js';

const { port, answers } = workerData as DrawingOrders;

port.on('message', async (spec: JsonObject) => {
  port.postMessage(await draw(spec));
  Atomics.add(answers, 0, 1);
  Atomics.notify(answers, 0);
});

async function draw(spec: JsonObject): Promise<Drawn> {
  try {
    const { drawPng } = await import('./draw-png.js');
    return { png: await drawPng(spec) };
  } catch (error) {
    return { fault: innermostMessage(error) };
  }
}
