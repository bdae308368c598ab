// A document that a reader gives in parts, each with the place where it stands in the source.

/** One part. */
export interface Chunk {
  /** `line 12`, `cell 3`. */
  readonly place: string;
  readonly markdown: string;
}

/** The parts as one text, and the place of each of its lines. */
export function joinChunks(chunks: readonly Chunk[]): {
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
  return {
    markdown: `${kept.map(({ markdown }) => markdown.trimEnd()).join('\n\n')}\n`,
    placeOf: wanted =>
      kept[
        Math.max(
          0,
          starts.findLastIndex(start => start <= wanted)
        )
      ]?.place ?? 'line 1'
  };
}
