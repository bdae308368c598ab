// A fault of launchbook.yml with its place in the file.
/** A fault and the keys that lead to it. */
export interface PlacedFault {
  readonly path: readonly string[];
  readonly message: string;
}
