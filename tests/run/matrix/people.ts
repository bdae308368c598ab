// A kernel of a run with people in front of it: a page is open, and somebody answers what cells ask, or lets it wait.
import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../../contract/base/json.js';
import { COMM_VERSION } from '../../../contract/base/version.js';
import { RUN_COMM, type RequestBody } from '../../../contract/comms/comm.js';
import type { JournalRecord } from '../../../contract/journal/journal.js';
import { isPending } from '../../../contract/holds/pending.js';
import type { RunState } from '../../../contract/state/state.js';
import { composeKernel } from '../../../kernel/host/compose/compose.js';
import { HeadlessClient, type ExecutedCell } from '../../../kernel/host/headless/headless-client.js';
import { InMemoryClient } from '../../../kernel/transport/in-memory-client.js';
import { InMemoryTransport } from '../../../kernel/transport/in-memory.js';
import { NotebookFile } from '../../../run/keeper/notebook-file.js';

/** What people say to approvals and checklists. Tasks are always said to be done. */
export type Answer = 'approve' | 'reject' | 'nothing';

export interface PeopleRun {
  readonly state: RunState;
  /** What people say from now on; what waits is answered at once. */
  answer(answer: Answer): void;
  execute(step: string): Promise<ExecutedCell>;
  command(line: string): Promise<ExecutedCell>;
  interrupt(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the run whose notebook is at `path`. */
export async function openWithPeople(path: string, nodePath: string, first: Answer): Promise<PeopleRun> {
  const transport = new InMemoryTransport();
  const notebook = new NotebookFile(path);
  const { folder } = notebook;
  const kernel = composeKernel({
    transport,
    notebook,
    folder,
    nodePath,
    onShutdown: () => undefined,
    log: () => undefined
  });
  await Promise.all([kernel.start(), kernel.run.open()]);
  const client = new HeadlessClient(transport, 'ann');
  const page = new InMemoryClient(transport, { username: 'ann' });
  const comm = randomUUID();
  const user = { username: 'ann', name: 'Ann Lee' };
  const hello = { version: COMM_VERSION, client: 'page', user, outline: null };
  page.send('comm_open', { comm_id: comm, target_name: RUN_COMM, data: hello });
  const ask = (body: RequestBody): void =>
    page.send('comm_msg', {
      comm_id: comm,
      data: { ...body, request: randomUUID() } as unknown as JsonObject
    });
  let answer = first;
  const answerAll = (): void => {
    for (const body of answersTo(kernel.run.state, answer)) {
      ask(body);
    }
  };
  kernel.run.subscribe(record => ASKING.has(record.kind) && setImmediate(answerAll));
  return {
    get state() {
      return kernel.run.state;
    },
    answer: next => {
      answer = next;
      answerAll();
    },
    execute: step => client.execute(sourceOf(notebook, step), step),
    command: line => client.execute(line, null),
    interrupt: () => kernel.interrupt(),
    async close() {
      await kernel.shutdown();
      await kernel.closeJournal();
    }
  };
}

const ASKING: ReadonlySet<JournalRecord['kind']> = new Set([
  'approval-requested',
  'checklist-requested',
  'gather-started',
  'task-checked'
]);

function answersTo(state: RunState, answer: Answer): RequestBody[] {
  const approvals = Object.values(state.approvals).filter(isPending);
  const checklists = Object.values(state.checklists).filter(isPending);
  const tasks = Object.values(state.taskLists).filter(({ gathering }) => gathering !== null);
  return [
    ...(answer === 'nothing' ? [] : approvals).map(({ id, content }): RequestBody => ({
      type: 'decide',
      approval: id,
      content,
      decision: answer === 'approve' ? 'approved' : 'rejected',
      comment: 'looked at it'
    })),
    ...(answer === 'approve' ? checklists : []).flatMap(({ id, items }) =>
      items.flatMap((item, index): RequestBody[] =>
        item.ticked === null ? [{ type: 'tick', checklist: id, item: index, ticked: true }] : []
      )
    ),
    ...tasks.flatMap(({ id, tasks: each }) =>
      each.flatMap((task): RequestBody[] =>
        task.status === 'open' || task.status === 'accepted'
          ? [{ type: 'task', board: id, task: task.id, action: 'done', comment: '' }]
          : []
      )
    )
  ];
}

function sourceOf(notebook: NotebookFile, step: string): string {
  const { source } = notebook.read().cells.find(({ id }) => id === step)!;
  return typeof source === 'string' ? source : source.join('');
}
