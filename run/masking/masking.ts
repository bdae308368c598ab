// The secrets that the supervisor knows, in memory alone. Everything that leaves it (to a client, a file or the journal) passes here.
import type { Json } from '../../contract/base/json.js';
import type { MaskStream } from '../../runbook/masking/mask-stream.js';
import { refuseReserved } from '../../runbook/masking/reserved-words.js';
import { Masker, type KnownSecret } from '../../runbook/masking/masker.js';

/** Masks texts and data. */
export class Masking {
  #secrets: readonly KnownSecret[] = [];
  #masker: Masker | null = null;
  #names: () => Iterable<string> = () => [];

  /** True while no secret is known: then everything passes as it is. */
  get isIdle(): boolean {
    return this.#masker === null;
  }

  /** Grows with each secret: a text that was begun before continues with `takeOver`. */
  get version(): number {
    return this.#secrets.length;
  }

  /** Names that no secret may have for its value, asked whenever one is learned: people, groups, the run. */
  reserve(names: () => Iterable<string>): void {
    this.#names = names;
  }

  /**
   * Masks this value from now on. What has left before stays as it was.
   *
   * @throws SecretUnavailableError `secret.unusable` when the value is a word or a name of the record.
   */
  learn({ name, value }: KnownSecret): void {
    refuseReserved({ name, value }, this.#names());
    if (!this.#secrets.some(known => known.name === name && known.value === value)) {
      this.#secrets = [...this.#secrets, { name, value }];
      this.#masker = new Masker(this.#secrets);
    }
  }

  text(text: string): string {
    return this.#masker?.text(text) ?? text;
  }

  /** Every text in a value, keys included. */
  json<T>(value: T): T {
    return this.#masker ? (this.#masker.json(value as Json) as T) : value;
  }

  /** A text that arrives in chunks. */
  stream(): MaskStream | null {
    return this.#masker?.stream() ?? null;
  }

  /** Goes on with a text that was begun when fewer secrets were known. Returns what may be shown now. */
  takeOver(stream: MaskStream): string {
    return this.#masker?.takeOver(stream) ?? '';
  }
}
