// What a forger changes in the notebook: texts, cells, their metadata and outputs, and which run it says that it is.
import { runOf, type Notebook } from '../../contract/notebook/notebook.js';
import { textOf, type OutlineCell } from '../../contract/notebook/outline.js';
import type { TokenFile } from '../../lifecycle/notebook/token-files.js';
import type { Body, Choice } from './changes.js';

/** Everything that a forger can write. */
export interface Forged {
  readonly bodies: readonly Body[];
  readonly notebook: Notebook;
  readonly tokens: readonly TokenFile[];
  readonly signers: string;
}

/** One change; the same choice makes the same one. */
export type Change = (forged: Forged, choice: Choice) => Forged;

export function changeCell(change: (cell: OutlineCell, choice: Choice) => OutlineCell): Change {
  return (forged, choice) => {
    const { cells } = forged.notebook;
    const at = choice.below(cells.length);
    const changed = cells.map((cell, index) => (index === at ? change(cell, choice) : cell));
    return { ...forged, notebook: { ...forged.notebook, cells: changed } };
  };
}

export function changeText(cell: OutlineCell, choice: Choice): OutlineCell {
  const text = textOf(cell.source);
  const at = choice.below(text.length + 1);
  const source = choice.pick([
    `${text}\nwipe()`,
    `${text.slice(0, at)} ${text.slice(at)}`,
    text.slice(1),
    ''
  ]);
  return { ...cell, source: source.split(/(?<=\n)/) };
}

export function changeMetadata(cell: OutlineCell, choice: Choice): OutlineCell {
  const metadata = choice.pick<object>([
    { tags: ['parameters'] },
    { tags: ['optional'] },
    { launchbook: { archive: 'timeline' } },
    { launchbook: { archive: 'summary' } },
    {}
  ]);
  return { ...cell, metadata: { ...metadata } };
}

export function changeOutputs(cell: OutlineCell, choice: Choice): OutlineCell {
  const outputs = choice.pick([[], [{ output_type: 'stream', name: 'stdout', text: ['All is well\n'] }]]);
  return cell.cell_type === 'code' ? ({ ...cell, outputs } as OutlineCell) : cell;
}

export function changeCells(forged: Forged, choice: Choice): Forged {
  const { cells } = forged.notebook;
  const [from, to] = [choice.below(cells.length), choice.below(cells.length)];
  const without = cells.filter((_, index) => index !== from);
  const id = choice.pick(['more', cells[to]!.id ?? 'more']);
  const cell_type = choice.pick(['code', 'markdown', 'raw']);
  const metadata = choice.pick<object>([
    {},
    {},
    { launchbook: { archive: 'timeline' } }
  ]) as OutlineCell['metadata'];
  const source = choice.pick(['wipe()', '## Deployment', "await approval('QA sign-off')"]);
  const more = {
    cell_type,
    id,
    metadata: metadata!,
    source: [source],
    ...(cell_type === 'code' ? { outputs: [], execution_count: 1 } : {})
  };
  const changed = choice.pick([
    () => without,
    () => [...without.slice(0, to), cells[from]!, ...without.slice(to)],
    () => [...cells.slice(0, to), more, ...cells.slice(to)]
  ])();
  return { ...forged, notebook: { ...forged.notebook, cells: changed } };
}

const OTHER_RUN = [
  { environment: 'production' },
  { release: '9.9.9' },
  { id: '9.9.9-production-ffffff' },
  { parameters: { release: '9.9.9' } },
  { mode: 'dry-run' }
];

export function changeRun(forged: Forged, choice: Choice): Forged {
  const { metadata } = forged.notebook;
  const run = { ...runOf(forged.notebook), ...choice.pick(OTHER_RUN) };
  return { ...forged, notebook: { ...forged.notebook, metadata: { ...metadata, launchbook: { run } } } };
}

export function changeRunEverywhere(forged: Forged, choice: Choice): Forged {
  const changed = changeRun(forged, choice);
  const run = runOf(changed.notebook);
  const bodies = changed.bodies.map(body =>
    body.kind === 'journal-opened' ? ({ ...body, run } as unknown as Body) : body
  );
  return { ...changed, bodies };
}
