// The files in a ZIP archive, unpacked within a limit: one that would fill the memory is refused before it does.
// https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, section 4.3
import { inflateRawSync } from 'node:zlib';
import { refuse } from '../../refused-error.js';

const MOST_BYTES = 40 * 1024 ** 2;
const END = 0x06054b50;
const ENTRY = 0x02014b50;

/** The files whose names `wanted` takes. @throws RefusedError for what is no archive, encrypted, or too large. */
export function zipEntries(
  bytes: Uint8Array,
  wanted: (name: string) => boolean,
  doing: string
): ReadonlyMap<string, Buffer> {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const files = new Map<string, Buffer>();
  let left = MOST_BYTES;
  try {
    const end = data.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
    if (end < 0 || data.readUInt32LE(end) !== END) {
      throw new RangeError('it has no directory');
    }
    let at = data.readUInt32LE(end + 16);
    for (let count = data.readUInt16LE(end + 10); count > 0 && data.readUInt32LE(at) === ENTRY; count--) {
      const [flags, method] = [data.readUInt16LE(at + 8), data.readUInt16LE(at + 10)];
      const [packed, nameLength, extra, comment, local] = [
        data.readUInt32LE(at + 20),
        data.readUInt16LE(at + 28),
        data.readUInt16LE(at + 30),
        data.readUInt16LE(at + 32),
        data.readUInt32LE(at + 42)
      ];
      const name = data.toString('utf8', at + 46, at + 46 + nameLength);
      if (wanted(name)) {
        if ((flags & 1) === 1) {
          refuse('import.encrypted', doing, 'it is encrypted', 'Save it without a password.');
        }
        const start = local + 30 + data.readUInt16LE(local + 26) + data.readUInt16LE(local + 28);
        const part = data.subarray(start, start + packed);
        const file = method === 0 ? Buffer.from(part) : inflateRawSync(part, { maxOutputLength: left });
        left -= file.length;
        files.set(name, file);
      }
      at += 46 + nameLength + extra + comment;
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE' || (error instanceof RangeError && /larger than/.test(message))) {
      refuse(
        'import.too_large',
        doing,
        `it holds more than ${MOST_BYTES / 1024 ** 2} MiB when it is unpacked`
      );
    }
    if (error instanceof RangeError || code?.startsWith('Z_')) {
      refuse(
        'import.no_document',
        doing,
        'it is no whole Word document: its archive cannot be read',
        'Open it in its program, and save it again as .docx.'
      );
    }
    throw error;
  }
  return files;
}
