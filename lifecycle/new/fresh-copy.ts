// A run is a fresh copy of its template: the same cells with the same ids, and nothing of any earlier execution.
// Pure: notebook in, notebook out. Format: nbformat 4.5, https://nbformat.readthedocs.io/en/latest/format_description.html
import { LANGUAGE_INFO } from '../../contract/notebook/language-info.js';
import { METADATA_KEY, type Notebook } from '../../contract/notebook/notebook.js';
import type { OutlineCell } from '../../contract/notebook/outline.js';
import type { RunInfo } from '../../contract/base/run.js';

type Metadata = { readonly [key: string]: unknown };

/** What an execution leaves in the metadata of a notebook: language details of the kernel that ran, and widget state. */
const EXECUTION_NOTEBOOK_KEYS = ['widgets', 'signature'];

/** What an execution leaves in the metadata of a cell: timings, papermill's record, our attempts. */
const EXECUTION_CELL_KEYS = ['execution', 'ExecuteTime', 'papermill', METADATA_KEY];

/** Tags that papermill gives to cells after a run. */
const EXECUTION_TAGS = ['papermill-error-cell-tag'];

/**
 * The template as a fresh run: outputs, execution counts, timings, approvals and widget state gone, cell ids kept,
 * `metadata.launchbook.run` written.
 */
export function freshCopyOf(template: Notebook, run: RunInfo): Notebook {
  return {
    ...template,
    cells: template.cells.map(freshCell),
    metadata: {
      ...without(template.metadata, [...EXECUTION_NOTEBOOK_KEYS, METADATA_KEY]),
      ...(isOurs(template) ? { language_info: LANGUAGE_INFO } : {}),
      [METADATA_KEY]: { run }
    }
  };
}

function isOurs(template: Notebook): boolean {
  return (template.metadata['kernelspec'] as { name?: unknown } | undefined)?.name === 'launchbook';
}

function freshCell(cell: OutlineCell): OutlineCell {
  const metadata = without(cell.metadata ?? {}, EXECUTION_CELL_KEYS);
  const isCode = cell.cell_type === 'code';
  return {
    ...cell,
    metadata: withoutTags(metadata),
    ...(isCode ? { execution_count: null, outputs: [] } : {})
  };
}

function withoutTags(metadata: Metadata): Metadata {
  const tags = metadata['tags'];
  return Array.isArray(tags)
    ? { ...metadata, tags: tags.filter(tag => !EXECUTION_TAGS.includes(String(tag))) }
    : metadata;
}

function without(metadata: Metadata, keys: readonly string[]): Metadata {
  return Object.fromEntries(Object.entries(metadata).filter(([key]) => !keys.includes(key)));
}
