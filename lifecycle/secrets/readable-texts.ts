// Everything that a file says, however it is written: its bytes as text, every text of its JSON unescaped and put together, and what
// Base64 in it decodes to (pictures, attachments), so that no wrapping hides a secret from a search for plain texts.

/** A text of a file, and where it stands. */
export interface ReadableText {
  /** 1-based line of the file where it begins; the first line for a whole file. */
  readonly line: number;
  /** What it is: `the file`, `/cells/3/outputs/0/text`. */
  readonly place: string;
  readonly text: string;
}

const SHORTEST_BASE64 = 24;

/** The texts of one file. JSON and JSON lines are read as such, anything else as one text. */
export function readableTexts(name: string, content: string): ReadableText[] {
  const whole = { line: 1, place: 'the file', text: content };
  if (name.endsWith('.jsonl')) {
    const lines = content.split('\n');
    return [whole, ...lines.flatMap((line, index) => textsOfJson(line, '', index + 1))];
  }
  if (name.endsWith('.token')) {
    return [whole, ...decoded(content, '', 1)];
  }
  return [whole, ...textsOfJson(content, '', 1)];
}

function textsOfJson(text: string, place: string, line: number): ReadableText[] {
  try {
    return textsIn(JSON.parse(text), place, line);
  } catch {
    return [];
  }
}

function textsIn(value: unknown, place: string, line: number): ReadableText[] {
  if (typeof value === 'string') {
    return [{ line, place, text: value }, ...decoded(value, place, line)];
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  if (Array.isArray(value) && value.every(part => typeof part === 'string')) {
    // Lines of one text: a secret may reach over several of them.
    return textsIn(value.join(''), place, line);
  }
  return Object.entries(value).flatMap(([key, part]) => [
    { line, place: `${place}/${key}`, text: key },
    ...textsIn(part, `${place}/${key}`, line)
  ]);
}

/** What a text of Base64 alone stands for, as bytes read as Latin-1 and as UTF-8; of a token each part between its dots. */
function decoded(text: string, place: string, line: number): ReadableText[] {
  return text.split('.').flatMap(part => decodedPart(part, place, line));
}

function decodedPart(text: string, place: string, line: number): ReadableText[] {
  const compact = text.replace(/\s/g, '');
  if (compact.length < SHORTEST_BASE64 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(compact)) {
    return [];
  }
  const bytes = Buffer.from(compact, 'base64');
  return [bytes.toString('latin1'), bytes.toString('utf8')].map(plain => ({
    line,
    place: `${place} (Base64)`,
    text: plain
  }));
}
