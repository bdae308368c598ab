// Brings the cursor to a place in a notebook's text, and tells where it is.
import type { Cell } from '@jupyterlab/cells';
import type { Notebook } from '@jupyterlab/notebook';
import type { Place } from './next-place.js';

/** UTF-16 offsets; `to` is exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Where the cursor is; before the text of a code cell without an editor. A Markdown cell is one place. */
export function placeOfCursor({ activeCell, activeCellIndex }: Notebook): Place {
  const editor = activeCell?.editor;
  const offset = editor ? editor.getOffsetAt(editor.getSelection().start) : -1;
  return { cell: activeCellIndex, offset: activeCell?.model.type === 'code' ? offset : 0 };
}

/** Scrolls to the cell and selects the text in it; a Markdown cell is left rendered. Null when there is no such cell. */
export async function showText(notebook: Notebook, index: number, { from, to }: Span): Promise<Cell | null> {
  const cell = notebook.widgets[index];
  if (!cell) {
    return null;
  }
  notebook.activeCellIndex = index;
  await notebook.scrollToItem(index, 'smart');
  await cell.ready;
  const { editor } = cell;
  if (editor && cell.model.type === 'code') {
    notebook.mode = 'edit';
    editor.focus();
    const [start, end] = [editor.getPositionAt(from), editor.getPositionAt(to)];
    if (start && end) {
      editor.setSelection({ start, end });
    }
  }
  return cell;
}
