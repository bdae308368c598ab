// What every reader gives: the document as Markdown, whose tree the mapper reads, and where each line of it stands in the file.

/** A document in the one form behind every reader. */
export interface ImportedSource {
  /** `deploy.md`. */
  readonly name: string;
  /** Format that it was read as. */
  readonly format: string;
  /** Of the whole document, with `\n` at the ends of lines. */
  readonly markdown: string;
  /** Where a line of the Markdown (1-based) stands: `line 12`, `cell 3`. */
  readonly placeOf: (line: number) => string;
  /** The words of the source, when it is not the Markdown itself: each must be in a cell. */
  readonly words: string | null;
  /** What the reader has to tell. */
  readonly notes: readonly ReaderNote[];
  readonly pictures: readonly Picture[];
  /** Of a document without a heading that is one. @default the file's name */
  readonly title?: string;
  /** Where its commands start; absent: where every command does. */
  readonly folder?: string;
}

/** Something that is left out, or that a person should know. */
export interface ReaderNote {
  readonly place: string;
  readonly text: string;
}

/** A picture that the document carries, for the folder beside the notebook. */
export interface Picture {
  readonly name: string;
  readonly base64: string;
}

/** Places of a document that is Markdown itself. */
export function lineOfFile(line: number): string {
  return `line ${line}`;
}

/** What a reader writes behind a language whose code a person has to write anew. */
export const OTHER = 'to-be-rewritten';
