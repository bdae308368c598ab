// The few forms in which SSH writes bytes: length-prefixed strings, whole numbers of 32 bits, base64. Pure, so that a page and Node write
// and read the same. Format: RFC 4251, section 5.
import { LaunchbookError } from '../base/error.js';

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The parts, one after the other. */
export function joinBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The bytes of a text of ASCII characters. */
export function asciiBytes(text: string): Uint8Array {
  return Uint8Array.from(text, character => {
    const code = character.charCodeAt(0);
    return code < 128 ? code : unreadable('a character that is not of ASCII');
  });
}

/** The text of bytes that are ASCII, as the names, host names and origins of SSH and WebAuthn are. */
export function asciiText(bytes: Uint8Array): string {
  return Array.from(bytes, byte =>
    byte < 128 ? String.fromCharCode(byte) : unreadable('a byte that is not of ASCII')
  ).join('');
}

/** `value` in four bytes. */
export function sshNumber(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
}

/** A text of ASCII or bytes, with the length before it. */
export function sshString(value: Uint8Array | string): Uint8Array {
  const bytes = typeof value === 'string' ? asciiBytes(value) : value;
  return joinBytes(sshNumber(bytes.length), bytes);
}

/** Reads what the functions above write. Whatever is missing or too much is refused. */
export class SshReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The next `length` bytes. */
  take(length: number): Uint8Array {
    const end = this.#at + length;
    if (end > this.#bytes.length) {
      unreadable('its end is missing');
    }
    const part = this.#bytes.slice(this.#at, end);
    this.#at = end;
    return part;
  }

  byte(): number {
    return this.take(1)[0]!;
  }

  number(): number {
    return this.take(4).reduce((value, byte) => value * 256 + byte, 0);
  }

  string(): Uint8Array {
    return this.take(this.number());
  }

  text(): string {
    return asciiText(this.string());
  }

  /** @throws code `signature.unreadable` when something is left. */
  end(): void {
    if (this.#at !== this.#bytes.length) {
      unreadable(`${this.#bytes.length - this.#at} bytes too many`);
    }
  }
}

/** Base64 with padding. */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [first, second = 0, third = 0] = bytes.subarray(at, at + 3);
    const group = (first! << 16) | (second << 8) | third;
    const letters = [18, 12, 6, 0].map(shift => BASE64[(group >> shift) & 63]!).join('');
    text += letters.slice(0, Math.min(bytes.length - at, 3) + 1);
  }
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}

/** Base64 for addresses, without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Reads base64 with padding; the one way of writing these bytes and no other. */
export function fromBase64(text: string): Uint8Array {
  const letters = text.replace(/={1,2}$/, '');
  const bytes = new Uint8Array(Math.floor((letters.length * 3) / 4));
  let [bits, held, at] = [0, 0, 0];
  for (const letter of letters) {
    const value = BASE64.indexOf(letter);
    bits = ((bits << 6) | (value < 0 ? unreadable('a character that is not of base64') : value)) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[at++] = bits >> held;
    }
  }
  return toBase64(bytes) === text ? bytes : unreadable('base64 that is written in another way');
}

/** Refuses bytes or a text that are not of the form; `seen` says what is there. */
export function unreadable(seen: string): never {
  throw new LaunchbookError(`A signature or key cannot be read: ${seen}.`, {
    code: 'signature.unreadable',
    hint: 'Copy the whole of it, as it was printed.'
  });
}
