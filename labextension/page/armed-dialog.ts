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
  /** CSS selector of what has the focus first. @default the first field */
  readonly focus?: string;
  /** Makes the body; it calls `changed` whenever its value may be another, and `close` to leave without one. */
  readonly body: (changed: () => void, close: () => void) => HTMLElement;
  /** The body's value, or null while something is missing. */
  readonly value: () => T | null;
}

/** Resolves with the value when the person pressed the button, with null when they closed the dialog in any other way. */
export async function askArmed<T>(options: ArmedDialogOptions<T>): Promise<T | null> {
  const { title, accept, isWarning = false, focus = 'input, select, textarea', value } = options;
  let arm = (): void => undefined;
  let close = (): void => undefined;
  const node = options.body(
    () => arm(),
    () => close()
  );
  const body = new Widget({ node });
  body.addClass('lb-Dialog-body');
  const makeButton = isWarning ? Dialog.warnButton : Dialog.okButton;
  const dialog = new Dialog({
    title,
    body,
    buttons: [Dialog.cancelButton(), makeButton({ label: accept })],
    focusNodeSelector: focus
  });
  arm = () => {
    const button = dialog.node.querySelector<HTMLButtonElement>('.jp-Dialog-footer .jp-mod-accept');
    if (button) {
      button.disabled = value() === null;
    }
  };
  close = () => dialog.reject();
  dialog.addClass('lb-Dialog');
  const result = dialog.launch();
  arm();
  // A button that cannot be pressed takes no focus, and without a focus no key reaches the dialog.
  void dialog.ready.then(() => {
    if (!dialog.node.contains(document.activeElement)) {
      dialog.node.querySelector<HTMLElement>('.jp-Dialog-footer button:not(:disabled)')?.focus();
    }
  });
  // JupyterLab takes Enter anywhere for its button. Not while something is missing, and not from a control that uses Enter itself.
  dialog.node.addEventListener(
    'keydown',
    event => {
      const takesEnter = node.contains((event.target as Element).closest('button, summary'));
      if (event.key === 'Enter' && (takesEnter || value() === null)) {
        event.stopImmediatePropagation();
        if (!takesEnter) {
          event.preventDefault();
        }
      }
    },
    true
  );
  return (await result).button.accept ? value() : null;
}
