// A write that a crash cut off: the journal's last line without its end.

/**
 * Record: on opening, the journal's last line was incomplete and was set aside. What it announced had not begun, because
 * effects wait until their record is whole; what it told of an end is inconclusive.
 */
export interface TornLineSetAside {
  readonly kind: 'torn-line';
  /** Name of the file beside the journal that keeps the line, byte for byte. */
  readonly file: string;
  readonly bytes: number;
  /** 1-based line of the journal that it would have been. */
  readonly line: number;
}

/** A torn line as the state keeps it. */
export interface TornLineState {
  readonly file: string;
  readonly bytes: number;
  readonly line: number;
  /** When it was set aside, ISO 8601 UTC. */
  readonly at: string;
}
