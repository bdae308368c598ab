// A dialog whose button works only once its body says that nothing is missing. JupyterLab's dialogs accept at any time.
import { Dialog } from '@jupyterlab/apputils';
import { Widget } from '@lumino/widgets';

/** What the dialog asks. */
export interface ArmedDialogOptions<T> {
  readonly title: string;
  /** The button's text. */
  readonly accept: string;
  /** True paints the button as dangerous. */
  readonly isWarning?: boolean;
  /** Makes the body; it calls `changed` whenever its value may be another. */
  readonly body: (changed: () => void) => HTMLElement;
  /** The body's value, or null while something is missing. */
  readonly value: () => T | null;
}

/** Resolves with the value when the person pressed the button, with null when they closed the dialog in any other way. */
export async function askArmed<T>(options: ArmedDialogOptions<T>): Promise<T | null> {
  const { title, accept, isWarning = false, value } = options;
  let arm = (): void => undefined;
  const body = new Widget({ node: options.body(() => arm()) });
  body.addClass('lb-Dialog-body');
  const makeButton = isWarning ? Dialog.warnButton : Dialog.okButton;
  const dialog = new Dialog({
    title,
    body,
    buttons: [Dialog.cancelButton(), makeButton({ label: accept })],
    focusNodeSelector: 'input, select, textarea'
  });
  arm = () => {
    const button = dialog.node.querySelector<HTMLButtonElement>('.jp-Dialog-footer .jp-mod-accept');
    if (button) {
      button.disabled = value() === null;
    }
  };
  dialog.addClass('lb-Dialog');
  const result = dialog.launch();
  arm();
  // Enter in a field presses the button, which is not there for whoever has said too little.
  dialog.node.addEventListener(
    'keydown',
    event => {
      if (event.key === 'Enter' && value() === null) {
        event.stopPropagation();
        event.preventDefault();
      }
    },
    true
  );
  return (await result).button.accept ? value() : null;
}
