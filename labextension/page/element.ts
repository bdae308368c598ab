// Makes DOM elements from plain data. Text goes in as text only, so that nothing a notebook carries can become markup.

/** What an element is made of. Attributes with the value null are left out. */
export interface ElementParts {
  readonly class?: string;
  readonly text?: string;
  readonly title?: string;
  readonly attributes?: { readonly [name: string]: string | null };
}

/** A new element with its children. */
export function makeElement<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  parts: ElementParts = {},
  ...children: readonly Node[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (parts.class) {
    element.className = parts.class;
  }
  if (parts.text !== undefined) {
    element.textContent = parts.text;
  }
  if (parts.title) {
    element.title = parts.title;
  }
  for (const [name, value] of Object.entries(parts.attributes ?? {})) {
    if (value !== null) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children);
  return element;
}

/** A new button that calls `press` for a click and for the keys that press it. */
export function makeButton(
  parts: ElementParts,
  press: () => void,
  ...children: readonly Node[]
): HTMLButtonElement {
  const attributes = { type: 'button', ...parts.attributes };
  const button = makeElement('button', { ...parts, attributes }, ...children);
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

let count = 0;

/** An id that no other element of the page has. */
export function makeElementId(prefix: string): string {
  count += 1;
  return `lb-${prefix}-${count}`;
}
