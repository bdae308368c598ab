// Replaces every form of known secrets by `«secret NAME»`, in texts, in data and in texts that arrive in chunks.
import type { Json } from '../../contract/base/json.js';
import { Automaton } from './automaton.js';
import { MaskStream } from './mask-stream.js';
import { formsOf, SHORTEST_SECRET } from './secret-forms.js';

/** A value that must not be seen, and the name shown in its place. */
export interface KnownSecret {
  readonly name: string;
  readonly value: string;
}

/** What is shown in place of a secret. */
export function maskOf(name: string): string {
  return `«secret ${name}»`;
}

/** True when a secret was masked in `text`. */
export function holdsMask(text: string): boolean {
  return /«secret [^»]+»/.test(text);
}

/** Masks one set of secrets. Values of fewer than 4 characters are left out: they would mask ordinary words. */
export class Masker {
  readonly #automaton: Automaton | null;

  constructor(secrets: readonly KnownSecret[]) {
    const patterns = secrets
      .filter(({ value }) => value.length >= SHORTEST_SECRET)
      .flatMap(({ name, value }) => formsOf(value).map(form => ({ ...form, label: maskOf(name) })));
    this.#automaton = patterns.length === 0 ? null : new Automaton(patterns);
  }

  text(text: string): string {
    const stream = this.stream();
    return stream.push(text) + stream.end();
  }

  /** Every text in a value, keys included. The same value when nothing of it is a secret. */
  json<T extends Json>(value: T): T {
    return (this.#automaton ? this.#maskJson(value) : value) as T;
  }

  /** A text that arrives in chunks. */
  stream(): MaskStream {
    return new MaskStream(this.#automaton);
  }

  /** Goes on with a text that was begun under other secrets. Returns what may be shown now. */
  takeOver(stream: MaskStream): string {
    return stream.adopt(this.#automaton);
  }

  #maskJson(value: Json): Json {
    if (typeof value === 'string') {
      return this.text(value);
    }
    if (Array.isArray(value)) {
      return value.map((item: Json) => this.#maskJson(item));
    }
    if (typeof value === 'number') {
      return this.#maskNumber(value);
    }
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(
        Object.entries(value)
          .filter(([, part]) => part !== undefined)
          .map(([key, part]) => [this.text(key), this.#maskJson(part as Json)])
      );
    }
    return value;
  }

  /** A secret of digits may be printed as a number. */
  #maskNumber(value: number): Json {
    const text = String(value);
    return this.text(text) === text ? value : this.text(text);
  }
}
