// The ports of a library that stands alone: a journal that forgets, and a display that counts what it is shown.

/** Ports for `connectHost`; `onText` gets every text that is shown. */
export function quietPorts(onText) {
  const nothing = async () => undefined;
  return {
    journal: { startEffect: async () => 'effect', endEffect: nothing },
    display: { show: () => undefined, update: () => undefined, write: (_, text) => onText(text) },
    signal: () => new AbortController().signal,
    now: () => Date.now(),
    environment: { splunk: null },
    folder: process.cwd(),
    mode: 'live'
  };
}
