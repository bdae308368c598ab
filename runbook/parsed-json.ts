// The type of parsed JSON before anybody has checked it.

/** What `JSON.parse` gives: cells read fields of answers without a cast, or name the type they expect. */
export type ParsedJson = ReturnType<typeof JSON.parse>;
