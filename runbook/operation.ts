// Something that was asked for and begins by itself: awaitable, so that a forgotten method does not mean that nothing happened.
// Trick: it starts one microtask after it was made, so that `.text()` or `.until()` on the same line can still shape it.

import { callSite, located } from './call-site.js';

/** A started operation with a result. Awaiting it twice does not run it twice. */
export abstract class Operation<T> implements PromiseLike<T> {
  #result: Promise<T> | null = null;
  /** The operation that it has become a part of. */
  #whole: Operation<T> | null = null;
  readonly #call = callSite();

  constructor() {
    queueMicrotask(() => void this.result());
  }

  /** Waits for the result. */
  then<A = T, B = never>(
    onPassed?: ((value: T) => A | PromiseLike<A>) | null,
    onFailed?: ((reason: unknown) => B | PromiseLike<B>) | null
  ): Promise<A | B> {
    return this.result().then(onPassed, onFailed);
  }

  /** Waits for a failure. */
  catch<B = never>(onFailed?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<T | B> {
    return this.result().catch(onFailed);
  }

  /** Waits for the end, however it comes. */
  finally(onEnd?: (() => void) | null): Promise<T> {
    return this.result().finally(onEnd);
  }

  protected result(): Promise<T> {
    // Followed only by who asks: a failure of the whole that nobody awaits must stay unheard.
    return this.#whole?.result() ?? (this.#result ??= this.#locate(this.perform()));
  }

  /** What `pick` reads of the result. */
  protected read<U>(pick: (result: T) => U): Promise<U> {
    return this.#locate(this.result().then(pick));
  }

  /** Ends the operation before it began. */
  protected refuse(error: unknown): Promise<never> {
    const refused = Promise.reject(error);
    this.#result = refused;
    return refused;
  }

  /** True when it runs, or is a part of another one. */
  protected get isBegun(): boolean {
    return this.#result !== null || this.#whole !== null;
  }

  /** Becomes a part of `whole`, which runs in its place. Only before it has begun. */
  protected handOver(whole: Operation<T>): void {
    this.#whole = whole;
  }

  protected abstract perform(): Promise<T>;

  #locate<U>(work: Promise<U>): Promise<U> {
    return work.catch((error: unknown) => {
      throw located(error, this.#call);
    });
  }
}
