// Where in a file something stands, as 1-based line numbers.

/** The line of an offset in UTF-16 code units. */
function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let feed = text.indexOf('\n'); feed >= 0 && feed < offset; feed = text.indexOf('\n', feed + 1)) {
    line++;
  }
  return line;
}

/** The first line in which two texts differ; null when they are the same. */
export function firstDifferentLine(a: string, b: string): number | null {
  if (a === b) {
    return null;
  }
  let same = 0;
  while (same < a.length && a[same] === b[same]) {
    same++;
  }
  return lineAt(a, same);
}

/** The line at which parsing JSON fails; the first one when the parser does not say. */
export function lineOfSyntaxError(text: string): number {
  try {
    JSON.parse(text);
  } catch (error) {
    const position = /position (\d+)/.exec((error as Error).message)?.[1];
    return position === undefined ? 1 : lineAt(text, Number(position));
  }
  return 1;
}

/** The line of the first occurrence of `part`; 1 when there is none. */
export function lineOfText(text: string, part: string): number {
  const offset = text.indexOf(part);
  return offset < 0 ? 1 : lineAt(text, offset);
}
