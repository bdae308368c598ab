// The bytes of a file as text; what no document has is refused, because it is the wrong file or the wrong format.
import { refuse } from '../../refused-error.js';

/** A file that is to be imported. */
export interface ImportedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The text of a file in UTF-8 (or UTF-16 with its mark), with `\n` at the ends of lines. @throws RefusedError for what is no text. */
export function textOfDocument({ name, bytes }: ImportedFile): string {
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  let text: string;
  try {
    text = new TextDecoder(isWide ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8', {
      fatal: true
    }).decode(bytes);
  } catch {
    return refuse('import.no_text', `Importing ${name}`, 'it is no text in UTF-8', 'Save it in UTF-8.');
  }

  const sign = /[\0-\x08\x0b\x0e-\x1f\x7f\u{E000}-\u{F8FF}]/u.exec(text)?.[0];
  if (sign !== undefined) {
    const code = sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
    refuse(
      'import.no_text',
      `Importing ${name}`,
      `it holds the character U+${code}, which no document has`,
      'Is it the right file, and the right format?'
    );
  }
  return text.replace(/\r\n?/g, '\n');
}
