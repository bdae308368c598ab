// The comm `launchbook.outputs`: the journal's part and the live part join without a gap and without a duplicate.
import { afterEach, expect, test } from '@jest/globals';
import type { Json } from '../../../../contract/base/json.js';
import { notebookOutputsOf } from '../../../../contract/notebook/notebook-outputs.js';
import {
  OUTPUTS_COMM,
  OUTPUTS_COMM_PATIENCE_MS,
  type OutputsAnswer
} from '../../../../contract/comms/outputs-comm.js';
import type { OutputSpan } from '../../../../contract/notebook/output.js';
import type { Comm } from '../../../../kernel/core/ports/ports.js';
import { OutputsComm } from '../../../../kernel/host/comms/outputs-comm.js';
import { RecordedOutputs } from '../../../../run/outputs/recorded-outputs.js';
import { makeSampleRun, type SampleRun } from '../../../run/sample-run.js';

let run: SampleRun;
afterEach(() => run?.end());

class Page implements Comm {
  readonly id = 'page';
  readonly target = OUTPUTS_COMM;
  readonly session = 'page';
  readonly spans: OutputSpan[] = [];
  isClosed = false;
  #handle: (data: Json) => void = () => undefined;

  send(data: Json): void {
    this.spans.push(...(data as unknown as OutputsAnswer).spans);
  }
  tellAll(): never {
    throw new Error('Outputs are for the pages that asked for them.');
  }
  close(): void {
    this.isClosed = true;
  }
  forget(): void {
    this.close();
  }

  onMessage(handle: (data: Json) => void): void {
    this.#handle = handle;
  }
  onClose(): void {
    // This page never leaves with a word.
  }
  say(data: unknown): void {
    this.#handle(data as Json);
  }
  text(): string {
    return notebookOutputsOf(this.spans.flatMap(({ outputs }) => outputs))
      .map(output => (output.output_type === 'stream' ? output.text : ''))
      .join('');
  }
}

function serve(now = { ms: 0 }) {
  run = makeSampleRun();
  const { keeper, register } = run;
  const recorder = new RecordedOutputs({ keeper, register, limitBytes: () => 1e6, log: () => undefined });
  const target = new OutputsComm(keeper, () => now.ms);
  const openPage = (): Page => {
    const page = new Page();
    target.open(page);
    return page;
  };
  return { recorder, openPage, now };
}

const settle = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 20));
const follow = (attempt = 1, from = 0) => ({ type: 'follow', wanted: [{ step: 'look', attempt, from }] });

test('a page that comes in the middle gets every line once and in order, wherever it comes in', async () => {
  const { recorder, openPage } = serve();
  const { cell } = await run.admit('look');
  const expected = Array.from({ length: 60 }, (_, index) => `line ${index}\n`).join('');
  const pages: Page[] = [];
  for (let index = 0; index < 60; index++) {
    const kept = recorder.record(cell, { kind: 'stream', name: 'stdout', text: `line ${index}\n` });
    const page = openPage();
    page.say(follow());
    pages.push(page);
    await (index % 3 === 0 ? kept : null);
  }
  await settle();
  expect(new Set(pages.map(page => page.text()))).toEqual(new Set([expected]));
});

test('an attempt that has shown nothing is answered with an empty span', async () => {
  const { openPage } = serve();
  await run.admit('look');
  const page = openPage();
  page.say(follow(1, 0));
  await settle();
  expect(page.spans).toEqual([{ step: 'look', attempt: 1, from: 0, upTo: 0, outputs: [] }]);
});

test('only what the page does not have is sent, and of other attempts nothing', async () => {
  const { recorder, openPage } = serve();
  const first = await run.admit('look');
  await recorder.record(first.cell, { kind: 'stream', name: 'stdout', text: 'first' });
  const second = await run.admit('look');
  await recorder.record(second.cell, { kind: 'stream', name: 'stdout', text: 'a' });
  await recorder.record(second.cell, { kind: 'stream', name: 'stderr', text: 'b' });
  const page = openPage();
  page.say(follow(2, 1));
  await settle();
  await recorder.record(first.cell, { kind: 'stream', name: 'stdout', text: 'late' });
  expect(page.spans).toEqual([
    {
      step: 'look',
      attempt: 2,
      from: 1,
      upTo: 2,
      outputs: [{ kind: 'stream', name: 'stderr', text: 'b' }]
    }
  ]);
});

test('a page that is gone without a word is no longer sent to, one that speaks is', async () => {
  const { recorder, openPage, now } = serve();
  const { cell } = await run.admit('look');
  const [gone, alive] = [openPage(), openPage()];
  gone.say(follow());
  alive.say(follow());
  await settle();
  now.ms += OUTPUTS_COMM_PATIENCE_MS + 1;
  alive.say({ type: 'here' });
  await recorder.record(cell, { kind: 'stream', name: 'stdout', text: 'x' });
  expect([gone.isClosed, gone.text(), alive.isClosed, alive.text()]).toEqual([true, '', false, 'x']);
});

test('messages that are no requests are left alone', async () => {
  const { openPage } = serve();
  const page = openPage();
  [null, 1, {}, { type: 'follow' }, { type: 'follow', wanted: [{ step: 1 }] }].forEach(data =>
    page.say(data)
  );
  await settle();
  expect([page.spans, page.isClosed]).toEqual([[], false]);
});
