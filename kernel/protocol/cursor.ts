// Cursor positions: the protocol counts Unicode code points (since 5.2), JavaScript counts UTF-16 code units.
// The two differ after every astral character, such as an emoji.

/** UTF-16 offset of a position in code points. Positions beyond the text mean its end. */
export function codePointsToUtf16(text: string, position: number): number {
  let offset = 0;
  for (let passed = 0; passed < position && offset < text.length; passed += 1) {
    offset += isPair(text, offset) ? 2 : 1;
  }
  return offset;
}

/** Position in code points of a UTF-16 offset. An offset inside a surrogate pair counts the whole pair. */
export function utf16ToCodePoints(text: string, offset: number): number {
  let position = 0;
  for (let at = 0; at < offset && at < text.length; position += 1) {
    at += isPair(text, at) ? 2 : 1;
  }
  return position;
}

function isPair(text: string, offset: number): boolean {
  return (text.codePointAt(offset) ?? 0) > 0xffff;
}
