// A Python notebook: its shell (`!command`, `%%bash`) becomes steps, its Python a checklist, because nothing of it can be taken over.
// https://ipython.readthedocs.io/en/stable/interactive/reference.html#system-shell-access
import { refuse } from '../../refused-error.js';
import { textOfDocument, type ImportedFile } from '../document/file-text.js';
import type { ImportedSource, ReaderNote } from '../document/source.js';
import { joinChunks, type Chunk } from './chunks.js';
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
    chunks.push(
      ...(cell.cell_type === 'code' ? partsOf(text) : [withAttachments(text, cell)]).map(markdown => ({
        place,
        markdown
      }))
    );
    if (Array.isArray(cell.outputs) && cell.outputs.length > 0) {
      notes.push({ place, text: 'its outputs' });
    }
  });
  const words = cells
    .map(sourceOf)
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

/** The code of a cell: blocks of shell and of Python, in their order. */
function partsOf(code: string): string[] {
  const [, magic = '', options = '', body = ''] = /^%%(bash|sh|script)\b([^\n]*)\n?([^]*)$/.exec(code) ?? [];
  const program = magic === 'script' ? (/^\s*(?:--\S+\s+)*(\S+)/.exec(options)?.[1] ?? '') : magic;
  if (magic !== '') {
    const isShell = /^(?:ba|z|k)?sh$/.test(program) && !/--bg\b/.test(options);
    return [isShell ? fenced('sh', body) : fenced(`${program || 'text'} to-be-rewritten`, code)];
  }
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
    .map(({ isShell, lines }) => fenced(isShell ? 'sh' : 'python to-be-rewritten', lines.join('\n')));
}

/** `!command` as a line of shell; null for Python. A `!cd` ends with its line, and is left to a person. */
function shellOf(line: string): string | null {
  const [, mark = '', rest = ''] = /^(!|%cd\s|%env\s)\s*(.*)$/.exec(line) ?? [];
  if (mark === '' || (mark === '!' && /^(?:!|cd\s)/.test(rest))) {
    return null;
  }
  const filled = rest.replace(/\{([A-Za-z_]\w*)\}/g, '<$1>').replace(/\$\$(?=\w)/g, '$');
  return mark === '!'
    ? filled
    : mark.startsWith('%cd')
      ? `cd ${filled}`
      : `export ${filled.replace(/^(\w+)\s+/, '$1=')}`;
}

function fenced(info: string, body: string): string {
  const fence = '`'.repeat(Math.max(3, ...[...body.matchAll(/`+/g)].map(([marks]) => marks.length + 1)));
  return `${fence}${info}\n${body.replace(/\s+$/, '')}\n${fence}`;
}
