// The formats that can be read, each with its reader; which one a file has is seen in its first bytes, then in its name.
import { extname } from 'node:path';
import { FORMAT_OF_ENDING } from '../../../contract/notebook/importable-names.js';
import { refuse } from '../../refused-error.js';
import type { ImportedFile } from '../document/file-text.js';
import type { ImportedSource } from '../document/source.js';

type Reader = (file: ImportedFile, format: string) => ImportedSource | Promise<ImportedSource>;

/** Each reader is loaded when a file needs it. */
const READERS = {
  markdown: async () => (await import('./markdown.js')).readMarkdown,
  'issue-form': async () => (await import('./issue-form.js')).readIssueForm,
  'python-notebook': async () => (await import('./python-notebook.js')).readPythonNotebook,
  confluence: async () => (await import('./confluence.js')).readConfluence,
  html: async () => (await import('./html.js')).readHtml,
  docx: async () => (await import('./docx.js')).readDocx
} satisfies { readonly [format: string]: () => Promise<Reader> };

/** A format that can be read. */
export type Format = keyof typeof READERS;

/** Their names. */
export const FORMATS = Object.keys(READERS) as readonly Format[];

const BY_ENDING: { readonly [ending: string]: Format } = FORMAT_OF_ENDING;

/** Reads a file as `asked`, or as what it is. @throws RefusedError for what no reader knows, with the way out. */
export async function readDocument(file: ImportedFile, asked: string | null): Promise<ImportedSource> {
  const format = asked ?? formatOf(file);
  if (!Object.hasOwn(READERS, format)) {
    refuse(
      'import.format',
      `Importing ${file.name}`,
      `there is no format “${format}”`,
      `Give --as with one of: ${FORMATS.join(', ')}.`
    );
  }
  return (await READERS[format as Format]())(file, format);
}

function formatOf({ name, bytes }: ImportedFile): Format {
  const head = Buffer.from(bytes.subarray(0, 8)).toString('latin1');
  const [, reason, hint] = REFUSED.find(([begin]) => begin.test(head)) ?? [];
  if (reason !== undefined) {
    refuse('import.format', `Importing ${name}`, reason, hint);
  }
  const ending = extname(name).toLowerCase();
  if (ending === '.zip') {
    refuse(
      'import.format',
      `Importing ${name}`,
      'it is an archive',
      'Unpack it, and import the document in it.'
    );
  }
  if (/^\.(?:adoc|asciidoc)$/.test(ending)) {
    const page = name.replace(/\.\w+$/, '.html');
    refuse(
      'import.format',
      `Importing ${name}`,
      `no reader of ours knows ${ending}, and asciidoctor does`,
      `Take asciidoctor --out-file ${page} ${name}, then import ${page}.`
    );
  }
  if (BY_PANDOC.has(ending)) {
    const [from, to] = [ending.slice(1), name.replace(/\.\w+$/, '.md')];
    refuse(
      'import.format',
      `Importing ${name}`,
      `no reader of ours knows ${ending}, and pandoc does`,
      `Take pandoc --from ${from} --to gfm --wrap preserve --output ${to} ${name}, then import ${to}.`
    );
  }
  const isStorage =
    /\.(?:html?|xhtml|txt)$/.test(ending) &&
    STORAGE.test(Buffer.from(bytes.subarray(0, 20_000)).toString('latin1'));
  return (
    (isStorage ? 'confluence' : BY_ENDING[ending]) ??
    refuse(
      'import.format',
      `Importing ${name}`,
      `the ending “${ending}” says no format that can be read`,
      `Give --as with one of: ${FORMATS.join(', ')}.`
    )
  );
}

/** Confluence's storage format, whatever the name of the file says. */
const STORAGE = /<(?:ac|ri):[a-z-]+[\s>]/;

/** What pandoc reads; its name of the format is the ending. */
const BY_PANDOC: ReadonlySet<string> = new Set([
  '.rst',
  '.odt',
  '.org',
  '.textile',
  '.mediawiki',
  '.rtf',
  '.epub'
]);

const REFUSED: readonly (readonly [begin: RegExp, reason: string, hint: string])[] = [
  [
    /^%PDF/,
    'it is a PDF, which has no headings, steps or code any more',
    'Import the document that the PDF was made from.'
  ],
  [
    /^\xd0\xcf\x11\xe0/,
    'it is a Word document of the old form (.doc), or an encrypted one',
    'Save it as .docx without a password. From Confluence: take the page menu, View Storage Format.'
  ],
  [/^(?:\x89PNG|\xff\xd8\xff|GIF8)/, 'it is a picture', 'Import the text that the picture shows.'],
  [/^(?:\x7fELF|MZ|\x1f\x8b)/, 'it is a program or an archive', 'Unpack it, and import the document.']
];
