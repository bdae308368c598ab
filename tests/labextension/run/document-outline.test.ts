// The outline of an open document: what it says before the kernel has told what the texts ask, and afterwards.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Signal } from '@lumino/signaling';
import type { INotebookModel } from '@jupyterlab/notebook';
import { learnFacts } from '../../../labextension/kernel/known-facts.js';
import { DocumentOutline } from '../../../labextension/run/document-outline.js';
import type { Outline } from '../../../contract/notebook/outline.js';
import { sourceFactsOf } from '../../../record/source/source-facts.js';

class Cell {
  readonly type = 'code';
  readonly changed = new Signal<this, object>(this);
  constructor(
    readonly id: string,
    private source: string,
    private readonly metadata: { readonly [key: string]: unknown } = {}
  ) {}
  readonly sharedModel = { changed: this.changed, getSource: () => this.source };
  getMetadata(key: string): unknown {
    return this.metadata[key];
  }
  write(source: string): void {
    this.source = source;
    this.changed.emit({ sourceChange: [] });
  }
}

let told: Outline[];
let sought: (readonly string[])[];
let isConnected: boolean;
let opened: DocumentOutline;
let cells: Cell[];
const ownWindow = globalThis.window;

beforeEach(() => {
  globalThis.window = globalThis as never;
  told = [];
  sought = [];
  isConnected = true;
});
afterEach(() => {
  opened.dispose();
  globalThis.window = ownWindow;
});

/** `learn` is the kernel. */
function open(
  sources: readonly (string | Cell)[],
  learn: (texts: readonly string[]) => Promise<void>
): DocumentOutline {
  cells = sources.map((source, index) =>
    typeof source === 'string' ? new Cell(`c${index}`, source) : source
  );
  const list = Object.assign([...cells], { changed: new Signal<object, never>({}) });
  opened = new DocumentOutline({ cells: list } as unknown as INotebookModel, {
    outlineChanged: () => undefined,
    isConnected: () => isConnected,
    learn: texts => (sought.push(texts), learn(texts)),
    sourcesChanged: outline => told.push(outline),
    metadataChanged: () => undefined
  });
  return opened;
}

const kernel = async (texts: readonly string[]): Promise<void> => learnFacts(texts, texts.map(sourceFactsOf));
const holdsOf = ({ phases }: Outline): unknown =>
  phases.flatMap(({ steps }) => steps.map(({ holds, isUnknown }) => (isUnknown ? 'unknown' : holds)));
const until = async (isTrue: () => boolean): Promise<void> => {
  while (!isTrue()) {
    await new Promise(resolve => setTimeout(resolve, 5));
  }
};

test('hold points are unknown, whatever the words look like, until the kernel has told them', async () => {
  const outline = open(["await approval('Go 1')", "// approval('No 1')"], kernel);
  isConnected = false;
  expect(holdsOf(outline.current)).toEqual(['unknown', 'unknown']);
  isConnected = true;
  outline.retell();
  await until(() => told.length > 0);
  expect(holdsOf(outline.current)).toEqual([['Go 1'], []]);
  expect(told.map(holdsOf)).toEqual([[['Go 1'], []]]);
});

test('a text that is edited is asked about before the outline says anything new of it', async () => {
  const outline = open(["await approval('Go 2')"], kernel);
  outline.retell();
  await until(() => told.length === 1);
  cells[0]!.write("await approval('Stop 2')");
  await until(() => told.length === 2);
  expect(told.map(holdsOf)).toEqual([[['Go 2']], [['Stop 2']]]);
  expect(sought.at(-1)).toEqual(["await approval('Stop 2')"]);
});

test('an answer that comes late is shown and told when it comes', async () => {
  const outline = open(["await approval('Go 3')"], async () => undefined);
  outline.retell();
  await until(() => told.length === 1);
  expect(told.map(holdsOf)).toEqual([['unknown']]);
  await kernel(["await approval('Go 3')"]);
  await until(() => told.length === 2);
  expect(holdsOf(outline.current)).toEqual([['Go 3']]);
});

test('the cells that an archive has added are no steps, and a page does not begin with a phase of them', () => {
  const added = new Cell('launchbook-timeline', '// When each step ran.', {
    launchbook: { archive: 'timeline' }
  });
  const optional = new Cell('extra', 'await extra()', { tags: ['optional'] });
  const { phases } = open([added, 'await deploy()', optional], kernel).current;
  expect(phases.map(({ steps }) => steps.map(({ id, isOptional }) => [id, isOptional]))).toEqual([
    [
      ['c1', undefined],
      ['extra', true]
    ]
  ]);
});
