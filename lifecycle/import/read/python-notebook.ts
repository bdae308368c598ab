// A Python notebook: its shell (`!command`, `%%bash`) becomes steps, its Python a checklist, because nothing of it can be taken over.
// https://ipython.readthedocs.io/en/stable/interactive/reference.html#system-shell-access
import { refuse } from '../../refused-error.js';
import { textOfDocument, type ImportedFile } from '../document/file-text.js';
import { OTHER, type ImportedSource, type ReaderNote } from '../document/source.js';
import { fenced, joinChunks, type Chunk } from './chunks.js';
import { wordsOfMarkdown } from './markdown.js';
import { withoutPictures } from './pictures.js';

interface Cell {
  readonly cell_type?: unknown;
  readonly source?: unknown;
  readonly outputs?: unknown;
  readonly attachments?: unknown;
}

/** Reads a notebook. @throws RefusedError when it is none, or one of ours. */
export function readPythonNotebook(file: ImportedFile, format: string): ImportedSource {
  const doing = `Importing ${file.name}`;
  const cells = cellsOf(file, doing);
  const chunks: Chunk[] = [];
  const notes: ReaderNote[] = [];
  cells.forEach((cell, index) => {
    const place = `cell ${index + 1}`;
    const text = sourceOf(cell);
    const { parts, left } =
      cell.cell_type === 'code' ? partsOf(text) : { parts: [withAttachments(text, cell)], left: '' };
    chunks.push(...parts.map(markdown => ({ place, markdown })));
    if (left !== '') {
      notes.push({ place, text: `“${left}” of its first line` });
    }
    if (Array.isArray(cell.outputs) && cell.outputs.length > 0) {
      notes.push({ place, text: 'its outputs' });
    }
  });
  const words = cells
    .map(cell => wordsOfMarkdown(sourceOf(cell)))
    .join('\n')
    .replace(/^%%.*$|^%(?:cd|env)\b|\(attachment:[^)]*\)/gm, '');
  const { markdown, placeOf } = joinChunks(chunks);
  return { name: file.name, format, placeOf, words, notes, ...withoutPictures(markdown, file.name) };
}

/** Pictures that a cell carries, as data in the place of their names. */
function withAttachments(text: string, { attachments }: Cell): string {
  const all = (attachments ?? {}) as { readonly [name: string]: { readonly [type: string]: unknown } | null };
  return text.replace(/\(attachment:([^)\s]+)\)/g, (whole, name: string) => {
    const [[type, data] = []] = Object.entries(all[name.replace(/%20/g, ' ')] ?? {});
    return typeof data === 'string' && type !== undefined ? `(data:${type};base64,${data})` : whole;
  });
}

function cellsOf(file: ImportedFile, doing: string): readonly Cell[] {
  let content: { cells?: unknown; metadata?: { kernelspec?: { name?: unknown } } } | null;
  try {
    content = JSON.parse(textOfDocument(file)) as typeof content;
  } catch {
    return refuse('import.no_notebook', doing, 'it is no notebook (not JSON)');
  }
  const cells = content?.cells;
  if (!Array.isArray(cells) || cells.some(cell => typeof cell !== 'object' || cell === null)) {
    return refuse(
      'import.no_notebook',
      doing,
      'it has no list of cells; notebooks before nbformat 4 are upgraded by opening and saving them'
    );
  }
  if (content?.metadata?.kernelspec?.name === 'launchbook') {
    refuse('import.no_notebook', doing, 'it is a notebook of Launchbook already');
  }
  return cells as readonly Cell[];
}

function sourceOf({ source }: Cell): string {
  return typeof source === 'string' ? source : Array.isArray(source) ? source.map(String).join('') : '';
}

const MAGIC = /^%%(bash|sh|script)\b([^\n]*)\n?([^]*)$/;
/** What says only how a script's output and failure are kept. */
const OPTIONS = /--(?:(?:out|err|proc)[ =]+\S+|no-raise-error\b)/g;
const WRAPPER = /^\s*(%%(?:time|timeit|capture)\b[^\n]*)(?:\n|$)/;

/** The code of a cell: blocks of shell and of Python, in their order; and what is left out of its first line. */
function partsOf(text: string): { readonly parts: readonly string[]; readonly left: string } {
  const [whole = '', wrapper = ''] = WRAPPER.exec(text) ?? [];
  const code = text.slice(whole.length);
  const [, magic = '', options = '', body = ''] = MAGIC.exec(code) ?? [];
  if (magic === '') {
    return { parts: linesOf(code), left: wrapper };
  }
  const words = `${magic === 'script' ? '' : magic} ${options.replace(OPTIONS, '')}`.trim();
  // What stands behind -s are $1, $2 and so on, out of values of Python.
  const [, program = '', , args = ''] = /^(\S+)(\s+-s\s+(\S.*))?$/.exec(words) ?? [];
  if (!/^(?:ba|z|k)?sh$/.test(program)) {
    return { parts: [fenced(`${/^\S*/.exec(words)![0] || 'text'} ${OTHER}`, code)], left: wrapper };
  }
  const set = `set -- ${filled(args).replace(/\$(?=[A-Za-z_])(\w+)/g, '<$1>')}\n`;
  return {
    parts: [fenced('sh', args === '' ? body : set + body)],
    left: [wrapper, ...(options.match(OPTIONS) ?? [])].join(' ').trim()
  };
}

function linesOf(code: string): string[] {
  const parts: { isShell: boolean; lines: string[] }[] = [];
  for (const line of code.split('\n')) {
    const shell = shellOf(line);
    const last = parts.at(-1);
    const isShell =
      shell !== null ||
      (last?.isShell === true && /\\$/.test(last.lines.at(-1)!)) ||
      (line.trim() === '' && last?.isShell === true);
    if (last?.isShell === isShell) {
      last.lines.push(shell ?? line);
    } else {
      parts.push({ isShell, lines: [shell ?? line] });
    }
  }
  return parts
    .filter(({ lines }) => lines.some(line => line.trim() !== ''))
    .map(({ isShell, lines }) => {
      const isComment = lines.every(line => /^\s*(?:#|$)/.test(line));
      return fenced(isShell ? 'sh' : isComment ? 'python' : `python ${OTHER}`, lines.join('\n'));
    });
}

/** `!command` as a line of shell; null for Python. A `!cd` ends with its line: with nothing behind it, it is left to a person. */
function shellOf(line: string): string | null {
  const [, mark = '', rest = ''] = /^(!|%cd\s|%env\s(?=\s*\w+[\s=]+\S))\s*(.*)$/.exec(line) ?? [];
  if (mark === '' || (mark === '!' && (rest === '' || /^!|^cd\s[^;&|]*$/.test(rest)))) {
    return null;
  }
  const command = filled(rest);
  return mark === '!'
    ? /^cd\s/.test(rest)
      ? `(${command})`
      : command
    : mark.startsWith('%cd')
      ? `cd ${command}`
      : `export ${command.replace(/^(\w+)\s+/, '$1=')}`;
}

/** Values of Python in a command are gaps: `{name}`, `{pods[0]}`; doubled braces and dollars stand for one. */
function filled(command: string): string {
  return command.replace(
    /\{\{|\}\}|\$\$(?=\w)|\$?\{([A-Za-z_]\w*(?:[.[(][^{}]*)?(?::[^{}]*)?)\}/g,
    (whole, value?: string) =>
      value === undefined
        ? whole[0]!
        : whole.startsWith('$')
          ? whole
          : `<${value.replace(/\W+/g, ' ').trim()}>`
  );
}
