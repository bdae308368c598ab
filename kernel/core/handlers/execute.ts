// execute_request: joins the queue on arrival; the queue has it served when its turn comes.
import type { Route } from '../queue/dispatcher.js';
import type { ExecutionQueue } from '../queue/execution-queue.js';

export function executeRoute(queue: ExecutionQueue): Route<'execute_request'> {
  return { enqueue: context => queue.add(context) };
}
