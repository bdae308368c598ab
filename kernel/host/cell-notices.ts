// What people have to know and did not ask for: told under the first cell that runs afterwards, where somebody looks.
import type { JournalRecord } from '../../contract/journal.js';
import type { RunState } from '../../contract/state.js';
import type { Cell, CellOutput, Gatekeeper } from '../core/ports.js';
import type { RunKeeper } from './run-keeper.js';

/** A gate that behaves as `gate` does, and says once what the records before the cell mean for whoever runs it. */
export function tellInNextCell(
  gate: Gatekeeper,
  keeper: RunKeeper,
  publish: (cellKey: string, output: CellOutput) => void
): Gatekeeper {
  let notices: string[] = [];
  keeper.subscribe(record => {
    const notice = noticeOf(record, keeper.state);
    if (notice !== null) {
      notices.push(`[launchbook] ${notice}\n`);
    }
  });
  return {
    async admit(cell: Cell) {
      const admission = await gate.admit(cell);
      if (notices.length > 0 && admission.refusal === null && !cell.isSilent) {
        publish(cell.key, { kind: 'stream', name: 'stderr', text: notices.join('') });
        notices = [];
      }
      return admission;
    },
    settle: (cell, outcome) => gate.settle(cell, outcome)
  };
}

function noticeOf(record: JournalRecord, { policy }: RunState): string | null {
  if (record.kind === 'torn-line') {
    return `A crash cut off line ${record.line} of the journal. Its ${record.bytes} bytes are set aside in ${record.file}; the ${record.line - 1} lines before it are whole, and the journal goes on behind them.`;
  }
  if (record.kind !== 'policy-read' || policy === null) {
    return null;
  }
  if (policy.heldBack) {
    return `launchbook.yml asks for less than when this kernel was started, so nothing of its policy has changed: ${policy.heldBack.weaker.join(' ')} Restart the kernel to have it so; the journal will say it.`;
  }
  const change = policy.changes.at(-1);
  return change?.at === record.at
    ? `The policy of launchbook.yml has changed. ${[...change.weaker, ...change.stricter].join(' ')}`
    : null;
}
