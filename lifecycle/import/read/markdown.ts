// Markdown as it is kept in git, exported by Google Docs or Notion, or written as a GitHub or GitLab template.
import { parse as parseYaml } from 'yaml';
import { textOfDocument, type ImportedFile } from '../document/file-text.js';
import { lineOfFile, type ImportedSource } from '../document/source.js';
import { withoutPictures } from './pictures.js';
import { isSharedDocument, tidiedSharedDocument } from './google-docs.js';

/** Reads a Markdown file. */
export function readMarkdown(file: ImportedFile, format: string): ImportedSource {
  const text = textOfDocument(file);
  const { inner, values } = frontMatterOf(text);
  const whole = inner === null ? text : `\`\`\`yaml\n${inner.trim()}\n\`\`\`${text.slice(inner.length + 7)}`;
  // The title of an issue template is that of an issue, and has gaps.
  const title = values['about'] === undefined ? (values['title'] ?? values['name']) : values['name'];
  const isShared = isSharedDocument(text);
  const { markdown, pictures } = withoutPictures(isShared ? tidiedSharedDocument(whole) : whole, file.name);
  return {
    name: file.name,
    format,
    markdown,
    placeOf: lineOfFile,
    words: isShared ? wordsOfMarkdown(withoutPictures(text, file.name).markdown) : null,
    notes: [],
    pictures,
    ...(typeof values['cwd'] === 'string' ? { folder: values['cwd'] } : {}),
    ...(typeof title === 'string' ? { title } : {})
  };
}

/** Without what has a meaning and no word: ids of headings, ticks, and the first lines of blocks of code. */
export function wordsOfMarkdown(text: string): string {
  return text.replace(/\{#[\w-]+\}|\[[xX]\]|^[ \t>]*(?:`{3}|~{3}).*$/gm, '');
}

/** What stands between the lines `---` at the beginning, when it is YAML. It becomes a block of YAML, in its own lines. */
function frontMatterOf(text: string): {
  readonly inner: string | null;
  readonly values: { readonly [name: string]: unknown };
} {
  const inner = /^---\n([^]*?\n)---[ \t]*(?=\n|$)/.exec(text)?.[1];
  try {
    const values = inner === undefined ? null : (parseYaml(inner, { maxAliasCount: 0 }) as unknown);
    return typeof values === 'object' && values !== null
      ? { inner: inner!, values: values as { readonly [name: string]: unknown } }
      : { inner: null, values: {} };
  } catch {
    return { inner: null, values: {} };
  }
}
