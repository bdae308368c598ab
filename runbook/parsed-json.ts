// Text that is JSON, and the type of it before anybody has checked it.

/** What `JSON.parse` gives: cells read fields of answers without a cast, or name the type they expect. */
export type ParsedJson = ReturnType<typeof JSON.parse>;

/** Reads JSON. A byte order mark before it is none of it (RFC 8259, section 8.1), and many programs for Windows write one. */
export function parseJsonText(text: string): ParsedJson {
  return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
}
