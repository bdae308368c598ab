// A secret as a value that prints as its name. Trick: the text is in a private field, which no printer, serializer or clone reads.
import { maskOf } from './masker.js';

const BRAND = Symbol.for('launchbook.secret');
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/**
 * A value that must not be seen. It prints as `«secret NAME»` everywhere: in a template, `console.log`, JSON, a table.
 * Helpers take it as it is; own code asks {@link Secret.reveal}.
 */
export class Secret {
  /** The name it is shown by. */
  readonly name: string;
  readonly #value: string;

  constructor(name: string, value: string) {
    this.name = name;
    this.#value = value;
    Object.defineProperty(this, BRAND, { value: true });
    Object.freeze(this);
  }

  /**
   * The text itself, for code that needs it. The kernel masks it wherever it is printed, but not what is computed from it.
   *
   * @example
   * (await secret('DEPLOY_TOKEN')).reveal().length // 40
   */
  reveal(): string {
    return this.#value;
  }

  /**
   * What stands in its place wherever it is printed.
   *
   * @example
   * `${await secret('DEPLOY_TOKEN')}` // '«secret DEPLOY_TOKEN»'
   */
  toString(): string {
    return maskOf(this.name);
  }

  /**
   * What stands in its place in JSON.
   *
   * @example
   * JSON.stringify({ token: await secret('DEPLOY_TOKEN') }) // '{"token":"«secret DEPLOY_TOKEN»"}'
   */
  toJSON(): string {
    return maskOf(this.name);
  }

  /** @internal */
  [Symbol.toPrimitive](): string {
    return maskOf(this.name);
  }

  /** @internal */
  [INSPECT](): string {
    return maskOf(this.name);
  }
}

/** True for secrets, also from a second copy of the library. */
export function isSecret(value: unknown): value is Secret {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[BRAND] === true;
}

/** The text of a value that may be a secret. */
export function revealed(value: string | Secret): string {
  return isSecret(value) ? value.reveal() : value;
}
