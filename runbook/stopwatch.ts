// How long something takes, by the clock that nobody can set: that of the machine may be set back or ahead meanwhile.

/** Milliseconds from now on, whole. */
export function stopwatch(): () => number {
  const begin = performance.now();
  return () => Math.round(performance.now() - begin);
}
