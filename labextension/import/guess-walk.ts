// Going through the guesses of an imported runbook: which cells they are, and what becomes of one.
import type { MarkdownCell } from '@jupyterlab/cells';
import type { Notebook } from '@jupyterlab/notebook';
import { guessLength } from '../../contract/notebook/guess-lines.js';
import { GUESS_TAG, isGuess } from '../../contract/notebook/imported-guess.js';
import { nextPlace } from '../page/walk/next-place.js';
import { showText } from '../page/walk/show-text.js';

/** Whether the keys go to the notebook afterwards; a button that was pressed keeps them. @default true */
export interface WalkOptions {
  readonly takesKeys?: boolean;
}

/** Indexes of the cells that nobody has accepted yet. */
export function guessCells({ model }: Notebook): number[] {
  return [...(model?.cells ?? [])].flatMap((cell, index) => (isGuess(cell) ? [index] : []));
}

/** Selects the guess after the active cell or before it, from the last to the first. */
export async function goToGuess(
  notebook: Notebook,
  direction: 'next' | 'previous',
  options: WalkOptions = {}
): Promise<void> {
  const next = guessBeside(notebook, direction);
  if (next !== undefined) {
    await selectCell(notebook, next, options);
  }
}

function guessBeside(notebook: Notebook, direction: 'next' | 'previous'): number | undefined {
  const places = guessCells(notebook).map(cell => ({ cell, offset: 0 }));
  return nextPlace(places, { cell: notebook.activeCellIndex, offset: 0 }, direction)?.cell;
}

/** Selects a cell as a whole: whoever looks at it does not write in it. */
export async function selectCell(
  notebook: Notebook,
  index: number,
  { takesKeys = true }: WalkOptions = {}
): Promise<void> {
  notebook.mode = 'command';
  notebook.deselectAll();
  notebook.activeCellIndex = index;
  await notebook.scrollToItem(index, 'smart');
  if (takesKeys) {
    notebook.activate();
  }
}

/** Goes to the next guess, and takes tag and lines of this one away: in this order, so that there is one selected until the last. */
export async function acceptGuess(notebook: Notebook, options: WalkOptions = {}): Promise<void> {
  const model = notebook.activeCell?.model;
  if (!model || !isGuess(model)) {
    return;
  }
  const next = guessBeside(notebook, 'next');
  const shown =
    next === undefined || next === notebook.activeCellIndex ? null : selectCell(notebook, next, options);
  const tags = (model.getMetadata('tags') as readonly unknown[]).filter(tag => tag !== GUESS_TAG);
  if (model.type === 'code') {
    model.sharedModel.updateSource(0, guessLength(model.sharedModel.getSource()), '');
  }
  if (tags.length > 0) {
    model.setMetadata('tags', tags);
  } else {
    model.deleteMetadata('tags');
  }
  await shown;
}

/** Brings the cursor into the active cell, behind the lines that say what was guessed. */
export async function changeGuess(notebook: Notebook): Promise<void> {
  const cell = notebook.activeCell;
  if (!cell) {
    return;
  }
  if (cell.model.type === 'markdown') {
    (cell as MarkdownCell).rendered = false;
    notebook.mode = 'edit';
    cell.editor?.focus();
    return;
  }
  const from = guessLength(cell.model.sharedModel.getSource());
  await showText(notebook, notebook.activeCellIndex, { from, to: from });
}
