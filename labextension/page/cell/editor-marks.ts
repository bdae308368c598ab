// Marks in an editor: a line under each place, which moves with the text that is typed before it.
// Drawn with CodeMirror's core, which JupyterLab shares; its lint package is newer than the core that JupyterLab 4.6 brings.
import { CodeMirrorEditor } from '@jupyterlab/codemirror';
import type { CodeEditor } from '@jupyterlab/codeeditor';
import { StateEffect, StateField } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';

/** A place in the text: UTF-16 offsets, `to` is exclusive. */
export interface EditorMark {
  readonly from: number;
  readonly to: number;
  /** CSS class. */
  readonly class: string;
  /** The tooltip. */
  readonly title: string;
}

/** The marks of one kind: each has marks of its own in every editor, beside those of others. */
export class EditorMarks {
  /** Draws `marks` in place of the ones that were there before. */
  mark(editor: CodeEditor.IEditor | null, marks: readonly EditorMark[]): void {
    const view = editor instanceof CodeMirrorEditor && !editor.isDisposed ? editor.editor : null;
    if (!view) {
      return;
    }
    if (!view.state.field(this.field, false)) {
      if (marks.length === 0) {
        return;
      }
      view.dispatch({ effects: StateEffect.appendConfig.of(this.field) });
    }
    view.dispatch({ effects: this.setMarks.of(marks) });
  }

  private readonly setMarks = StateEffect.define<readonly EditorMark[]>();

  private readonly field = StateField.define<DecorationSet>({
    create: () => Decoration.none,
    update: (marks, { changes, effects, newDoc }) => {
      let next = marks.map(changes);
      for (const effect of effects) {
        if (effect.is(this.setMarks)) {
          const inText = effect.value.filter(({ from, to }) => from < to && to <= newDoc.length);
          next = Decoration.set(inText.map(decorationOf), true);
        }
      }
      return next;
    },
    provide: field => EditorView.decorations.from(field)
  });
}

function decorationOf({ from, to, class: name, title }: EditorMark): ReturnType<Decoration['range']> {
  return Decoration.mark({ class: name, attributes: { title } }).range(from, to);
}
