// Makes DOM elements from plain data. Text goes in as text only, so that nothing a run carries can become markup.

/** Attributes with the value null are left out; `text` is the text of the element. */
export interface ElementParts {
  readonly text?: string;
  readonly [attribute: string]: string | null | undefined;
}

/** A new element with its children. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  { text, ...attributes }: ElementParts = {},
  ...children: readonly Node[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (text !== undefined) {
    element.textContent = text;
  }
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children);
  return element;
}

/** A new button that calls `press` for a click and for the keys that press it. */
export function makeButton(parts: ElementParts, press: () => void): HTMLButtonElement {
  const button = make('button', { type: 'button', ...parts });
  button.addEventListener('click', press);
  return button;
}

/** Writes `text` when it is another one, so that a screen reader says nothing twice. An empty text hides the element. */
export function setText(node: HTMLElement, text: string): void {
  if (node.textContent !== text) {
    node.textContent = text;
  }
  node.hidden = text === '';
}
