// Here-documents as a reader sees them, before the grammar has read a block: what stands in them is data.

/** One, by its head, its quotation mark, its word and its lines with the last one. */
export const DOCUMENT = /(<<-?\s*(['"]?)(\w+)\2[^\n]*\n)((?:[^]*?\n)?[ \t]*\3(?=\n|$))/g;

/** Without the lines of here-documents. */
export function withoutDocuments(text: string): string {
  return text.replace(DOCUMENT, '$1');
}
