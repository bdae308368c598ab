// Texts of the source, short enough for a name, a line of the report, a comment.

/** The beginning of a text, in one line. */
export function excerpt(text: string): string {
  const line = oneLine(text);
  const letters = Array.from(line);
  return letters.length > 70 ? `${letters.slice(0, 69).join('').trimEnd()}…` : line;
}

/** Without line breaks. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** The first line of a block that says something. */
export function firstLine(code: string, key: string): string {
  return key.split('\n').find(line => line.trim() !== '' && !/^\s*[`~]{3}/.test(line)) ?? code;
}

/** Its words, for comparing. */
export function wordsIn(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** For names and questions in code, where lint refuses addresses; the text of the cell has them. */
export function withoutHosts(text: string): string {
  return text
    .replace(/https?:\/\/[^\s)'"`]+/g, 'the address above')
    .replace(
      /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?!\w)|[\w.-]+\.(?:internal|local|corp|lan|prod|intra)\b/g,
      'the host above'
    );
}
