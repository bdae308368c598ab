// What people have to know without asking: printed under the first cell that runs afterwards, where somebody reads it.
import type { JournalRecord } from '../../contract/journal/journal.js';
import type { RunState } from '../../contract/state/state.js';
import type { Cell, OutputSink } from '../ports.js';
import type { RunKeeper } from '../keeper/run-keeper.js';

/** Says once what the records before a cell mean for whoever runs it. */
export class CellNotices {
  readonly #outputs: OutputSink;
  #notices: string[] = [];

  constructor(keeper: RunKeeper, outputs: OutputSink) {
    this.#outputs = outputs;
    keeper.subscribe(record => {
      const notice = noticeOf(record, keeper.state);
      if (notice !== null) {
        this.add(notice);
      }
    });
  }

  /** To be told with the next cell. */
  add(notice: string): void {
    this.#notices.push(`[launchbook] ${notice}\n`);
  }

  /** A cell begins. */
  tell(cell: Cell): void {
    if (this.#notices.length > 0 && !cell.isSilent) {
      const text = this.#notices.join('');
      this.#notices = [];
      this.#outputs.publish(cell.key, { kind: 'stream', name: 'stderr', text });
    }
  }
}

function noticeOf(record: JournalRecord, { policy }: RunState): string | null {
  if (record.kind === 'torn-line') {
    return `A crash cut off line ${record.line} of the journal. Its ${record.bytes} bytes are set aside in ${record.file}; the ${record.line - 1} lines before it are whole, and the journal continues after them.`;
  }
  if (record.kind !== 'policy-read' || policy === null) {
    return null;
  }
  if (policy.heldBack) {
    return `launchbook.yml asks for less than when this kernel was started, so nothing of its policy has changed: ${policy.heldBack.weaker.join(' ')} Restart the kernel to use the new policy; the journal will record it.`;
  }
  const change = policy.changes.at(-1);
  const isOpen = record.file?.commit === null && record.isProduction === true;
  const notices = [
    ...(change?.at === record.at
      ? [`The policy of launchbook.yml has changed. ${[...change.weaker, ...change.stricter].join(' ')}`]
      : []),
    ...(isOpen
      ? [
          `${record.file.path} is not committed as it is, so its policy is a deviation in the record of this run. Commit it.`
        ]
      : [])
  ];
  return notices.length > 0 ? notices.join(' ') : null;
}
