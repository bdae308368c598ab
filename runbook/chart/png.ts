// A drawing as a PNG, for readers that show no SVG: one byte a pixel into the palette, compressed with Node's own zlib.
// Format: https://www.w3.org/TR/png-3/ (signature, IHDR, PLTE, IDAT, IEND).
import { crc32, deflateSync } from 'node:zlib';
import { LETTER, PALETTE, type Drawing, type Ink, type Shape } from './drawing.js';
import { columnsOf } from './letters.js';

/** The file's bytes. */
export function toPng(drawing: Drawing): Buffer {
  const { width, height } = drawing;
  // Each row begins with the number of its filter, 0 for none.
  const rows = Buffer.alloc((width + 1) * height);
  const paint = (x: number, y: number, ink: Ink): void => {
    if (x >= 0 && x < width && y >= 0 && y < height) {
      rows[y * (width + 1) + 1 + x] = ink;
    }
  };
  drawing.shapes.forEach(shape => paintShape(shape, paint));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header(width, height)),
    chunk('PLTE', Buffer.from(PALETTE.flat())),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0))
  ]);
}

type Paint = (x: number, y: number, ink: Ink) => void;

function paintShape(shape: Shape, paint: Paint): void {
  switch (shape.kind) {
    case 'line':
      return shape.points.forEach((point, index) => {
        paintLine(shape.points[Math.max(0, index - 1)]!, point, shape.isThick ? 3 : 1, shape.ink, paint);
      });
    case 'box':
      return paintBox(shape.x, shape.y, shape.width, shape.height, shape.ink, paint);
    case 'text':
      return paintText(shape, paint);
  }
}

function paintLine(
  [fromX, fromY]: readonly [number, number],
  [toX, toY]: readonly [number, number],
  width: number,
  ink: Ink,
  paint: Paint
): void {
  const steps = Math.max(1, Math.ceil(Math.max(Math.abs(toX - fromX), Math.abs(toY - fromY))));
  for (let step = 0; step <= steps; step++) {
    const x = fromX + ((toX - fromX) * step) / steps;
    const y = fromY + ((toY - fromY) * step) / steps;
    paintBox(x - (width - 1) / 2, y - (width - 1) / 2, width, width, ink, paint);
  }
}

function paintBox(x: number, y: number, width: number, height: number, ink: Ink, paint: Paint): void {
  const left = Math.round(x);
  const top = Math.round(y);
  const right = Math.max(left + 1, Math.round(x + width));
  const bottom = Math.max(top + 1, Math.round(y + height));
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) {
      paint(column, row, ink);
    }
  }
}

function paintText(shape: Extract<Shape, { kind: 'text' }>, paint: Paint): void {
  const letters = [...shape.text];
  const width = letters.length * LETTER.width;
  const left = shape.x - (shape.align === 'left' ? 0 : shape.align === 'right' ? width : width / 2);
  letters.forEach((letter, place) => {
    columnsOf(letter).forEach((dots, column) => {
      for (let row = 0; row < 7; row++) {
        if ((dots >> row) & 1) {
          paintBox(left + place * LETTER.width + column * 2, shape.y + row * 2, 2, 2, shape.ink, paint);
        }
      }
    });
  });
}

function header(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(13);
  bytes.writeUInt32BE(width, 0);
  bytes.writeUInt32BE(height, 4);
  // 8 bits a pixel, colours from the palette; compression, filter and interlace as the format has them.
  bytes.set([8, 3, 0, 0, 0], 8);
  return bytes;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
