// Documents that were made to break a reader, and good ones with bytes changed at random.
import { deflateRawSync } from 'node:zlib';
import { parse as parseYaml, stringify as stringifyYaml } from 'yaml';
import { zipEntries } from '../../../lifecycle/import/read/zip-entries.js';

/** A document, by its name. */
export interface HostileDocument {
  readonly name: string;
  readonly bytes: Buffer;
}

const KIB = 1024;

/** `count` documents of every kind, a little different each. */
export function hostileDocuments(count: number): HostileDocument[] {
  return Array.from({ length: count }, (_, index) =>
    KINDS[index % KINDS.length]!(1 + Math.floor(index / KINDS.length))
  );
}

type Make = (size: number) => HostileDocument;

const text = (name: string, content: string): HostileDocument => ({ name, bytes: Buffer.from(content) });
const repeated = (part: string, size: number): string => part.repeat(size * 2000);
const zip = (name: string, files: { readonly [file: string]: Buffer }, claim = 0): HostileDocument => ({
  name,
  bytes: zipOf(files, claim)
});
const word = (xml: string): { readonly [file: string]: Buffer } => ({
  'word/document.xml': Buffer.from(xml)
});

const KINDS: readonly Make[] = [
  size => text('deep.md', repeated('> ', size)),
  size =>
    text(
      'deep-list.md',
      Array.from({ length: 60 * size }, (_, level) => `${'  '.repeat(level)}- a`).join('\n')
    ),
  size => text('brackets.md', repeated('[', size)),
  size => text('emphasis.md', repeated('*a ', size) + repeated('_b', size)),
  size => text('table.md', `|a|\n|-|\n${repeated('|x|\n', size)}`),
  size => text('backticks.md', `# A\n\n${repeated('`', size)}`),
  size => text('fences.md', repeated('```sh\necho a\n```\n', Math.ceil(size / 20))),
  size => text('brackets.sh.md', `\`\`\`sh\n${'$('.repeat(300 * size)}\n\`\`\``),
  size => text('quotes.md', `\`\`\`sh\necho ${`'a'"b"\\c`.repeat(400 * size)}\n\`\`\``),
  size =>
    text(
      'breaker.md',
      `# A\n\n\`\`\`sh\necho '\${process.exit(${size})}' '\`' "*/" '</script>'\n\`\`\`\n\n- [ ] '); process.exit(${size}); ('\n`
    ),
  size => text('unicode.md', `# \u202e\u2066A\u2069 ${size}\n\n\`\`\`sh\necho \u200b\u00a0x\n\`\`\`\n`),
  size =>
    text(
      'alias.yml',
      `a: &a [x, x]\n${Array.from({ length: 20 + size }, (_, index) => `b${index}: &b${index} [${index === 0 ? '*a, *a' : `*b${index - 1}, *b${index - 1}`}]`).join('\n')}\nbody: *b19\n`
    ),
  size => text('front.md', `---\n${'a: &a [*a]\n'.repeat(size)}---\n# A\n`),
  size => text('tag.yml', `body: !!js/function 'function () { process.exit(${size}) }'\n`),
  size =>
    text(
      'laughs.xml',
      `<!DOCTYPE a [<!ENTITY a "aaaaaaaa"><!ENTITY b "${'&a;'.repeat(40 * size)}">]><ac:x>&b;&b;</ac:x>`
    ),
  size => text('external.xml', `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>${size}&x;</p>`),
  size => text('deep.xml', '<p>'.repeat(400 * size)),
  size => text('open.xml', `<ac:structured-macro ac:name="code"><![CDATA[${repeated('a', size)}`),
  size => text('deep.html', '<div>'.repeat(3000 * size)),
  size =>
    text(
      'script.html',
      `<body>${'<script>process.exit(1)</script><img src=x onerror=alert(1)>'.repeat(size)}<h1>A</h1><iframe src="http://127.0.0.1:9/"></iframe></body>`
    ),
  size => text('table.html', `<table>${`<tr>${'<td>x'.repeat(30)}`.repeat(10 * size)}</table>`),
  size =>
    text(
      'spans.html',
      `<table><tr><td colspan="${10 ** (3 + (size % 6))}" rowspan="9999999">x</td></tr></table>`
    ),
  size =>
    text(
      'cycle.ipynb',
      JSON.stringify({ cells: [{ cell_type: 'code', source: ['%%bash\n', 'rm -rf $X\n'.repeat(size)] }] })
    ),
  size => text('nested.ipynb', '['.repeat(4000 * size)),
  size =>
    text(
      'wrong.ipynb',
      JSON.stringify({ cells: [{ cell_type: 7, source: { a: size } }, { source: [[size]] }] })
    ),
  size =>
    zip('bomb.docx', word(`<w:document><w:body>${' '.repeat(50 * KIB * KIB + size)}</w:body></w:document>`)),
  size =>
    zip('liar.docx', word(`<w:document><w:body>${' '.repeat(45 * KIB * KIB)}</w:body></w:document>`), size),
  size => zip('deep.docx', word('<w:p>'.repeat(2000 * size))),
  size => zip('empty.docx', { [`word/vbaProject-${size}.bin`]: Buffer.from('macro') }),
  size => ({ name: 'cut.docx', bytes: zipOf(word('<w:document/>'), 0).subarray(0, 40 + size) }),
  size => ({ name: 'program.md', bytes: Buffer.from([0x7f, 0x45, 0x4c, 0x46, size]) }),
  size => text('page.pdf', `%PDF-1.7 ${size}`),
  size => ({ name: 'wide.md', bytes: Buffer.from([0xff, 0xfe, 0x00, 0xd8, size]) }),
  size =>
    text(
      'many-words.md',
      `# A\n\n${Array.from({ length: 2000 * size }, (_, index) => `word${index}`).join(' ')}`
    ),
  size =>
    text(
      'headings.md',
      Array.from({ length: 200 * size }, (_, index) => `${'#'.repeat(1 + (index % 6))} H${index}`).join(
        '\n\n'
      )
    ),
  size =>
    text(
      'sets.md',
      `\`\`\`sh\n${Array.from({ length: 30 * size }, (_, index) => `export A${index}=$A${index - 1}x`).join('\n')}\n\`\`\`\n`
    )
];

/** A ZIP archive; `claim`: the unpacked size that its directory lies about. */
function zipOf(files: { readonly [file: string]: Buffer }, claim: number): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const packed = deflateRawSync(content);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(claim, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    parts.push(local, Buffer.from(name), packed);
    directory.push(entry, Buffer.from(name));
    offset += 30 + name.length + packed.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, list, end]);
}

/** A copy with bytes changed, doubled, cut out or swapped. */
export function mutated({ name, bytes }: HostileDocument, random: () => number): HostileDocument {
  let changed = Buffer.from(bytes);
  const at = (): number => Math.floor(random() * changed.length);
  for (let count = 1 + Math.floor(random() * 6); count > 0; count--) {
    const [from, length] = [at(), 1 + Math.floor(random() * 40)];
    switch (Math.floor(random() * 4)) {
      case 0:
        changed[from] = Math.floor(random() * 256);
        break;
      case 1:
        changed = Buffer.concat([changed.subarray(0, from), changed.subarray(from + length)]);
        break;
      case 2:
        changed = Buffer.concat([changed.subarray(0, from + length), changed.subarray(from)]);
        break;
      default:
        changed = Buffer.concat([
          changed.subarray(0, from),
          Buffer.from(SIGNS[Math.floor(random() * SIGNS.length)]!),
          changed.subarray(from)
        ]);
    }
  }
  return { name, bytes: changed };
}

/** A copy with its texts changed, that its format still allows: the reader comes to its end, and the mapper gets what nobody wrote. */
export function mutatedWithin({ name, bytes }: HostileDocument, random: () => number): HostileDocument {
  const change = (text: string): string => mutatedText(text, random);
  const ending = name.slice(name.lastIndexOf('.'));
  if (ending === '.docx') {
    const files = Object.fromEntries(zipEntries(bytes, () => true, name));
    const document = files['word/document.xml']!.toString('utf8');
    const parts = changedSomewhere(
      document.split(/(?<=<w:t[^>]*>)(?=[^<])|(?=<\/w:t>)/),
      isPlainXml,
      change,
      random
    );
    return { name, bytes: zipOf({ ...files, 'word/document.xml': Buffer.from(parts.join('')) }, 0) };
  }
  const content = bytes.toString('utf8');
  if (ending === '.ipynb') {
    const notebook = JSON.parse(content) as { cells: { source: string | string[] }[] };
    const cell = notebook.cells[Math.floor(random() * notebook.cells.length)]!;
    cell.source = change([cell.source].flat().join(''));
    return text(name, JSON.stringify(notebook));
  }
  if (ending === '.yml') {
    const form = parseYaml(content) as { body: { attributes?: Record<string, unknown> }[] };
    const { attributes = {} } = form.body[Math.floor(random() * form.body.length)]!;
    for (const [key, value] of Object.entries(attributes)) {
      attributes[key] = typeof value === 'string' ? change(value) : value;
    }
    return text(name, stringifyYaml(form));
  }
  return ending === '.xml' || ending === '.html'
    ? text(
        name,
        changedSomewhere(
          content.split(/(?<=>|\[CDATA\[)(?=[^<])|(?=<|\]\]>)/),
          isPlainXml,
          change,
          random
        ).join('')
      )
    : text(name, change(content));
}

function isPlainXml(part: string): boolean {
  return part.trim() !== '' && !/[<>&[\]]/.test(part);
}

/** `parts` with a few of those changed that `isText` takes. */
function changedSomewhere(
  parts: readonly string[],
  isText: (part: string) => boolean,
  change: (text: string) => string,
  random: () => number
): string[] {
  const changed = [...parts];
  const places = [...parts.keys()].filter(index => isText(parts[index]!));
  for (let count = 1 + Math.floor(random() * 4); count > 0; count--) {
    const place = places[Math.floor(random() * places.length)]!;
    changed[place] = change(changed[place]!).replace(/[<>&[\]]/g, '');
  }
  return changed;
}

function mutatedText(content: string, random: () => number): string {
  let letters = Array.from(content);
  for (let count = 1 + Math.floor(random() * 6); count > 0; count--) {
    const [from, length] = [Math.floor(random() * letters.length), 1 + Math.floor(random() * 40)];
    const sign = SIGNS[Math.floor(random() * (SIGNS.length - 1))]!;
    letters = [
      () => letters.toSpliced(from, 1, sign),
      () => letters.toSpliced(from, length),
      () => letters.toSpliced(from, 0, ...letters.slice(from, from + length)),
      () => letters.toSpliced(from, 0, sign)
    ][Math.floor(random() * 4)]!();
  }
  return letters.join('');
}

/** The last one belongs to no text. */
const SIGNS = [
  '<',
  '>',
  '`',
  '```',
  '$(',
  '"',
  "'",
  '\\',
  '\n',
  ']]>',
  '&',
  '|',
  '{',
  '}',
  '\u00a0',
  '–',
  '#',
  '- [ ] ',
  '---\n',
  '\0'
];
