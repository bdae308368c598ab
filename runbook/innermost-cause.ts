// The error at the bottom of a chain of causes, which says what really happened. By shape, because realms differ.

/**
 * @example
 * innermostMessage(new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED 127.0.0.1:9') }))
 * // 'connect ECONNREFUSED 127.0.0.1:9'
 */
export function innermostMessage(error: unknown): string {
  let current = error as ErrorShape | undefined;
  // A bound, because a chain may lead back to itself.
  for (let depth = 0; depth < 10; depth++) {
    const next =
      current?.cause ?? (Array.isArray(current?.errors) ? (current.errors as unknown[])[0] : undefined);
    if (typeof next !== 'object' || next === null) {
      break;
    }
    current = next;
  }
  return current?.message || current?.code || String(error);
}

interface ErrorShape {
  readonly message?: string;
  readonly code?: string;
  readonly cause?: unknown;
  readonly errors?: unknown;
}
