// What the cheat sheet says: the keys a release manager needs, in the two modes of a notebook, and those of this extension.
// Keys of commands are asked for, because people change them; keys that belong to the editor itself are written down here.
import type { Words } from '../page/words.js';

/** A line of the sheet: one way or more to press it, and what it does. */
export interface SheetEntry {
  readonly keys: readonly string[];
  readonly text: string;
}

export interface SheetSection {
  readonly title: string;
  /** How one gets there, or ''. */
  readonly note: string;
  readonly entries: readonly SheetEntry[];
}

export interface Keys {
  /** The keys that a command has now, for reading; none when it has no keys or does not exist. */
  ofCommand(command: string): readonly string[];
  /** `Accel /` as it is written on this machine. */
  format(keystroke: string): string;
}

/** The sections of the sheet. Entries whose command has no keys are left out, and so are sections without entries. */
export function cheatSheet(words: Words, keys: Keys): SheetSection[] {
  const of = (command: string, text: string): SheetEntry => ({
    keys: keys.ofCommand(command).slice(0, 1),
    text
  });
  const fixed = (keystrokes: readonly string[], text: string): SheetEntry => ({
    keys: keystrokes.map(keystroke => keys.format(keystroke)),
    text
  });
  const sections: SheetSection[] = [
    {
      title: words.__('Run'),
      note: words.__('in both modes'),
      entries: [
        of('notebook:run-cell-and-select-next', words.__('run the step and go to the next one')),
        of('notebook:run-cell', words.__('run the step and stay')),
        of('notebook:run-cell-and-insert-below', words.__('run the step and add a cell below')),
        of('docmanager:save', words.__('save the run'))
      ]
    },
    {
      title: words.__('Command mode'),
      note: words.__('press Escape to get here; the cell has a coloured bar'),
      entries: [
        of('notebook:enter-edit-mode', words.__('edit the cell')),
        of('notebook:insert-cell-above', words.__('add a cell above')),
        of('notebook:insert-cell-below', words.__('add a cell below')),
        of('notebook:change-cell-to-markdown', words.__('make it a Markdown cell')),
        of('notebook:change-cell-to-code', words.__('make it a code cell')),
        of('notebook:change-cell-to-heading-2', words.__('make it a heading of level 2: a phase')),
        of('notebook:delete-cell', words.__('delete the cell')),
        of('notebook:undo-cell-action', words.__('bring the deleted cell back')),
        of('notebook:cut-cell', words.__('cut the cell')),
        of('notebook:copy-cell', words.__('copy the cell')),
        of('notebook:paste-cell-below', words.__('paste below')),
        of('notebook:extend-marked-cells-below', words.__('select the next cell too')),
        of('notebook:merge-cells', words.__('merge the selected cells')),
        of('notebook:move-cell-up', words.__('move the cell up')),
        of('notebook:move-cell-down', words.__('move the cell down')),
        of('viewmenu:line-numbering', words.__('show or hide line numbers')),
        of('notebook:collapse-all-headings', words.__('fold all phases')),
        of('notebook:expand-all-headings', words.__('unfold all phases'))
      ]
    },
    {
      title: words.__('Edit mode'),
      note: words.__('press Enter to get here; the cursor is in the text'),
      entries: [
        of('notebook:enter-command-mode', words.__('leave the text')),
        of('completer:invoke-notebook', words.__('complete the word')),
        of('tooltip:launch-notebook', words.__('explain the name at the cursor')),
        of('notebook:split-cell-at-cursor', words.__('split the cell at the cursor')),
        of('codemirror:toggle-comment', words.__('comment the lines, or take the comment away')),
        of(
          'codemirror:select-next-occurrence',
          words.__('select the next place with the same text, edit all at once')
        ),
        of('codemirror:delete-line', words.__('delete the line')),
        fixed(['Accel ]', 'Accel ['], words.__('indent, outdent')),
        fixed(['Accel Z', 'Accel Shift Z'], words.__('undo, redo')),
        of('documentsearch:start', words.__('find and replace'))
      ]
    },
    {
      title: words.__('Launchbook'),
      note: '',
      entries: [
        of('launchbook:go-to-next-problem', words.__('go to the next type error')),
        of('launchbook:go-to-next-finding', words.__('go to the next finding')),
        of('launchbook:go-to-next-guess', words.__('go to the next guess of an import')),
        of('launchbook:accept-guess', words.__('accept it')),
        of('launchbook:show-phases', words.__('show the phases')),
        of('launchbook:go-to-waiting', words.__('go to what waits for a decision')),
        of('launchbook:show-cheat-sheet', words.__('show this sheet')),
        of('apputils:activate-command-palette', words.__('every other command: type “Launchbook”')),
        of('apputils:display-shortcuts', words.__('all shortcuts of JupyterLab'))
      ]
    }
  ];
  return sections
    .map(section => ({ ...section, entries: section.entries.filter(entry => entry.keys.length > 0) }))
    .filter(section => section.entries.length > 0);
}
