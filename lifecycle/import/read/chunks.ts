// A document that a reader gives in parts, each with the place where it stands in the source.

/** One part. */
export interface Chunk {
  /** `line 12`, `cell 3`. */
  readonly place: string;
  readonly markdown: string;
}

/** The parts as one text, and the place of each of its lines. `text`: the source, where places are lines of it. */
export function joinChunks(
  chunks: readonly Chunk[],
  text: string | null = null
): {
  readonly markdown: string;
  readonly placeOf: (line: number) => string;
} {
  const kept = chunks.filter(({ markdown }) => markdown.trim() !== '');
  const starts: number[] = [];
  let line = 1;
  for (const { markdown } of kept) {
    starts.push(line);
    line += markdown.trimEnd().split('\n').length + 1;
  }
  const lines = text?.split('\n') ?? [];
  return {
    markdown: `${kept.map(({ markdown }) => markdown.trimEnd()).join('\n\n')}\n`,
    placeOf: wanted => {
      const index = Math.max(
        0,
        starts.findLastIndex(start => start <= wanted)
      );
      const place = kept[index]?.place ?? 'line 1';
      return text === null ? place : lineWithin(kept, index, wanted - (starts[index] ?? 1), lines);
    }
  };
}

/** A part may have many lines: the one is looked for that has the words. A page that is one line is told by its headings. */
function lineWithin(
  chunks: readonly Chunk[],
  index: number,
  offset: number,
  lines: readonly string[]
): string {
  const place = chunks[index]?.place ?? 'line 1';
  const last = chunks.at(-1)?.place;
  if (last === chunks[0]?.place) {
    const heading = chunks.slice(0, index + 1).findLast(({ markdown }) => /^#{1,6} /.test(markdown));
    return heading === undefined ? place : `${place}, “${heading.markdown.replace(/^#+ |\n[^]*/g, '')}”`;
  }
  const from = Number(/\d+$/.exec(place)?.[0] ?? 1) - 1;
  const words = (chunks[index]?.markdown ?? '')
    .split('\n')
    .slice(offset, offset + 4)
    .map(line => line.replace(/^[\s>*+-]*(?:\d+[.)])?\s*(?:\[[ xX]\])?\s*|[\s\\]+$/g, ''))
    .find(line => /\w{2}/.test(line) && !/^[`~]{3}/.test(line));
  const found = words === undefined ? -1 : lines.findIndex((line, at) => at >= from && line.includes(words));
  return found < 0 ? place : `line ${found + 1}`;
}

/** A block of code whose fence is longer than any in it. */
export function fenced(info: string, body: string): string {
  const fence = '`'.repeat(Math.max(3, ...[...body.matchAll(/`+/g)].map(([marks]) => marks.length + 1)));
  return `${fence}${info}\n${body.replace(/\s+$/, '')}\n${fence}`;
}
