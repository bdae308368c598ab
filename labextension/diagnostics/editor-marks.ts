// Marks in an editor: a wavy line under each problem, which moves with the text that is typed before it.
// Drawn with CodeMirror's core, which JupyterLab shares; its lint package is newer than the core that JupyterLab 4.6 brings.
import { CodeMirrorEditor } from '@jupyterlab/codemirror';
import type { CodeEditor } from '@jupyterlab/codeeditor';
import { StateEffect, StateField } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';
import type { Problem } from './problem.js';

/** Marks `problems` in place of the ones that were marked before. */
export function markProblems(editor: CodeEditor.IEditor | null, problems: readonly Problem[]): void {
  const view = editor instanceof CodeMirrorEditor && !editor.isDisposed ? editor.editor : null;
  if (!view) {
    return;
  }
  if (!view.state.field(marksField, false)) {
    if (problems.length === 0) {
      return;
    }
    view.dispatch({ effects: StateEffect.appendConfig.of(marksField) });
  }
  view.dispatch({ effects: setMarks.of(problems) });
}

const setMarks = StateEffect.define<readonly Problem[]>();

const marksField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (marks, transaction) => {
    let next = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(setMarks)) {
        next = Decoration.set(effect.value.filter(isInText).map(markOf), true);
      }
    }
    return next;

    function isInText({ from, to }: Problem): boolean {
      return from < to && to <= transaction.newDoc.length;
    }
  },
  provide: field => EditorView.decorations.from(field)
});

function markOf({ kind, code, message, from, to }: Problem): ReturnType<Decoration['range']> {
  const title = code === '' ? message : `${message} (${code})`;
  return Decoration.mark({ class: `lb-Mark lb-mod-${kind}`, attributes: { title } }).range(from, to);
}
