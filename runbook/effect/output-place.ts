// Where what is shown goes: under the cell, or to whoever has called the function that shows it and puts it in a place of its own (a
// wait, an item of a scatter). It follows awaits and callbacks.
import { AsyncLocalStorage } from 'node:async_hooks';
import { ports } from '../context.js';
import type { DisplayPort } from '../ports.js';

const places = new AsyncLocalStorage<DisplayPort>();

/** Calls `work`; what it shows and prints goes to `display`. */
export function showingIn<T>(display: DisplayPort, work: () => T): T {
  return ports().printing(
    (name, text) => display.write(name, text),
    () => places.run(display, work)
  );
}

/** The display that the caller shows in, for one that stands before it. */
export function displayHere(): DisplayPort {
  const here = places.getStore();
  if (here) {
    return here;
  }
  const { display } = ports();
  return {
    show: (bundle, options) => places.exit(() => display.show(bundle, options)),
    update: (displayId, bundle) => places.exit(() => display.update(displayId, bundle)),
    write: (name, text) => places.exit(() => display.write(name, text))
  };
}

/** The display of the cell, as code in any of its places sees it. */
export function placedDisplay(ofCell: DisplayPort): DisplayPort {
  const here = (): DisplayPort => places.getStore() ?? ofCell;
  return {
    show: (bundle, options) => here().show(bundle, options),
    update: (displayId, bundle) => here().update(displayId, bundle),
    write: (name, text) => here().write(name, text)
  };
}
