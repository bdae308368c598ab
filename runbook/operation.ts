// Something that was asked for and begins by itself: awaitable, so that a forgotten method does not mean that nothing happened.
// Trick: it starts one microtask after it was made, so that `.text()` or `.until()` on the same line can still shape it.

import { callSite, located } from './call-site.js';
import { UsageError } from './errors/usage-error.js';

/** A started operation with a result. Awaiting it twice does not run it twice. */
export abstract class Operation<T> implements PromiseLike<T> {
  #result: Promise<T> | null = null;
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
    return (this.#result ??= this.#locate(this.perform()));
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

  /** Becomes a part of `whole`, which runs in its place. */
  protected handOver(whole: Operation<T>): void {
    if (this.#result !== null) {
      throw new UsageError('This command runs already, so it cannot become a part of another one.', {
        hint: 'Join commands on the line that begins them: await $`a`.pipe($`b`)'
      });
    }
    this.#result = Promise.resolve(whole);
    this.#result.catch(() => undefined); // who awaits the whole learns of its failure
  }

  protected abstract perform(): Promise<T>;

  #locate<U>(work: Promise<U>): Promise<U> {
    return work.catch((error: unknown) => {
      throw located(error, this.#call);
    });
  }
}
