// Reads a PNG of the kind that charts are: checks every chunk's sum and the order of the parts, gives the pixels.
import { crc32 } from 'node:zlib';

/** A picture with one palette entry a pixel. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly palette: readonly (readonly number[])[];
  readonly pixels: Uint8Array;
}

/** @throws when the bytes are not a valid PNG with a palette and rows without filter. */
export function readPng(bytes: Buffer, inflate: (data: Buffer) => Buffer): Picture {
  if (bytes.subarray(0, 8).toString('latin1') !== '\x89PNG\r\n\x1a\n') {
    throw new Error('The signature of a PNG is missing.');
  }
  const chunks: { readonly type: string; readonly data: Buffer }[] = [];
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const body = bytes.subarray(at + 4, at + 8 + length);
    if (bytes.readUInt32BE(at + 8 + length) !== crc32(body)) {
      throw new Error(`The sum of the chunk at byte ${at} is wrong.`);
    }
    chunks.push({ type: body.subarray(0, 4).toString('latin1'), data: body.subarray(4) });
    at += 12 + length;
  }
  const order = chunks.map(chunk => chunk.type).join(' ');
  if (order !== 'IHDR PLTE IDAT IEND') {
    throw new Error(`The chunks are ${order}.`);
  }
  const [head, colours, data] = chunks.map(chunk => chunk.data) as [Buffer, Buffer, Buffer];
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  const rows = inflate(data);
  if (rows.length !== (width + 1) * height) {
    throw new Error(`${rows.length} bytes of pixels, expected ${(width + 1) * height}.`);
  }
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    if (rows[y * (width + 1)] !== 0) {
      throw new Error(`Row ${y} has a filter.`);
    }
    pixels.set(rows.subarray(y * (width + 1) + 1, (y + 1) * (width + 1)), y * width);
  }
  const palette = Array.from({ length: colours.length / 3 }, (_, index) => [
    ...colours.subarray(index * 3, index * 3 + 3)
  ]);
  return { width, height, palette, pixels };
}
