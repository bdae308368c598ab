// A PNG with a palette: a third of the size of one with three bytes a pixel, and a chart has few colours.
// PNG specification, third edition: https://www.w3.org/TR/png-3/
import { crc32, deflateSync } from 'node:zlib';

/** The picture of opaque pixels of four bytes. Where it has more than 256 colours, close ones become one. */
export function smallPng(pixels: Uint8Array, width: number): Uint8Array {
  const height = pixels.length / 4 / width;
  let bits = 5;
  let { rows, palette } = withPalette(pixels, width, bits);
  while (palette.length > 256) {
    ({ rows, palette } = withPalette(pixels, width, --bits));
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // 8 bits a pixel, colours from the palette; compression, filter and interlace as the format has them.
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap(colour => [colour >> 16, (colour >> 8) & 255, colour & 255]))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0))
  ]);
}

/** Rows of places in the palette, each after its filter type 0; colours are rounded to `bits` a channel. */
function withPalette(
  pixels: Uint8Array,
  width: number,
  bits: number
): { readonly rows: Buffer; readonly palette: readonly number[] } {
  const most = 2 ** bits - 1;
  const rounded = Array.from({ length: 256 }, (_, byte) =>
    Math.round((Math.round((byte / 255) * most) / most) * 255)
  );
  const places = new Map<number, number>();
  const rows = Buffer.alloc(pixels.length / 4 + pixels.length / 4 / width);
  for (let pixel = 0; pixel < pixels.length / 4; pixel++) {
    const [red, green, blue] = [pixels[pixel * 4]!, pixels[pixel * 4 + 1]!, pixels[pixel * 4 + 2]!];
    const colour = (rounded[red]! << 16) | (rounded[green]! << 8) | rounded[blue]!;
    const place = places.get(colour) ?? places.size;
    places.set(colour, place);
    rows[pixel + Math.floor(pixel / width) + 1] = place;
  }
  return { rows, palette: [...places.keys()] };
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
