// What the importer tells about one place of the source.

/** How certain it is: `guessed` is tagged in its cell, `asked` is what the source does not say, `left` stays text, `refused` is at fault. */
export type Grade = 'guessed' | 'asked' | 'left' | 'refused' | 'left-out' | 'note';

/** One line of the report. */
export interface ReportLine {
  readonly grade: Grade;
  /** `line 12`. */
  readonly place: string;
  readonly text: string;
  /** The cell that it is about, by its place in the list; null when it is about none. */
  readonly cell: { readonly id: string } | null;
}
