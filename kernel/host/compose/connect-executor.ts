// Connects the executor to outputs and run: what cells print, what their helpers ask, and what the end of a process means.
import { answerCall } from '../../../run/verbs/answer-call.js';
import type { ComposedCells } from './compose-cells.js';
import type { ComposedOutputs } from './compose-outputs.js';
import type { ComposedRun } from '../../../run/compose/compose-run.js';

/** Listens to the executor from now on. */
export function connectExecutor(
  { executor, session, cells }: ComposedCells,
  { publish, masked, router }: ComposedOutputs,
  run: ComposedRun,
  log: (line: string) => void
): void {
  executor.listen({
    onOutput: (cellKey, output) => publish(cellKey ?? '', output),
    onCall: (call, signal) => answerCall(run, call, AbortSignal.any([signal, cells.signalOf(call.cell)])),
    onCellGone: key => {
      masked.flush(key);
      router.forget(key);
    },
    onExit: ({ reason }) => {
      masked.flushAll();
      router.forgetEnded();
      if (reason !== 'killed') {
        log(`The executor ended: ${reason}`);
        session.reset();
        run.undoFunctions.forgetAll();
        run.losses.note(reason).catch(error => log(String(error)));
      }
    }
  });
  // What a step has begun in the background ends when the step is rolled back.
  run.keeper.subscribe(record => {
    if (record.kind === 'rolled-back') {
      const names = Object.values(run.keeper.state.openEffects)
        .filter(({ helper, step }) => helper === 'background' && record.steps.includes(step))
        .map(({ label }) => label);
      executor.notify('background.end', names);
    }
  });
}
