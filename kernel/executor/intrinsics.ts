// The language's own objects as they were at start-up. A cell may redeclare or replace the global names at any time, and the
// executor must still report how that cell ended; its files take these names from here.
export const {
  AbortController,
  AbortSignal,
  Array,
  AsyncDisposableStack,
  Atomics,
  FinalizationRegistry,
  Function,
  JSON,
  Map,
  Object,
  Promise,
  Proxy,
  Reflect,
  Set,
  String,
  SuppressedError,
  Symbol,
  TypeError,
  WeakMap
} = globalThis;
