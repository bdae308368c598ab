// What GitHub makes of an archived notebook, as near as it can be had: nbformat's validation, and nbconvert with its sanitizer on. The page
// is read as a browser reads it, and held against the notebook: nothing of its text may be missing, nothing may be an escaped tag.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Notebook } from '../../../contract/notebook/notebook.js';
import type { CodeCell, Output } from '../../../lifecycle/notebook/archive-marks.js';
import { root } from '../../house/root.js';

const PYTHON = join(root, '.venv', 'bin', 'python');

/** A rendered notebook. */
export interface GithubPage {
  /** Bytes of the notebook. */
  readonly bytes: number;
  /** What nbformat says against the notebook; empty when it is valid. */
  readonly faults: string;
  /** The visible text, with single spaces. */
  readonly text: string;
  /**
   * Tags of code cells that a reader sees as text. Markdown cells are left out: nbconvert's sanitizer escapes the paragraphs and headings
   * that nbconvert itself makes of any prose; GitHub has a sanitizer of its own for them.
   */
  readonly escapedTags: readonly string[];
  /** Texts of sources and outputs that are not on the page. */
  readonly lost: readonly string[];
  /** Pictures of code cells. */
  readonly pictures: number;
}

/** Renders the notebook at `path`. */
export function renderPage(path: string): GithubPage {
  return renderPages([path])[0]!;
}

/** Renders the notebooks at `paths`, all in one process. */
export function renderPages(paths: readonly string[]): GithubPage[] {
  const folder = mkdtempSync(join(tmpdir(), 'launchbook-page-'));
  try {
    execFileSync(PYTHON, ['-c', RENDER, folder, ...paths], { stdio: 'pipe' });
    return paths.map((path, index) => pageOf(path, join(folder, String(index))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Faults never end it, so that all of a page, and of all pages, can be told at once. */
const RENDER = `
import pathlib, sys, warnings
import nbformat
from nbconvert import HTMLExporter

exporter = HTMLExporter(sanitize_html=True)
for index, path in enumerate(sys.argv[2:]):
    faults = ''
    try:
        with warnings.catch_warnings():
            warnings.simplefilter('error')
            nbformat.validate(nbformat.read(path, as_version=nbformat.NO_CONVERT))
    except Exception as fault:
        faults = str(fault)
    page, _ = exporter.from_filename(path)
    pathlib.Path(sys.argv[1], f'{index}.html').write_text(page, encoding='utf8')
    pathlib.Path(sys.argv[1], f'{index}.txt').write_text(faults, encoding='utf8')
`;

function pageOf(path: string, rendered: string): GithubPage {
  const html = readFileSync(`${rendered}.html`, 'utf8');
  const body = html.slice(html.indexOf('<body'));
  const codeCells = cellsOf(body, 'jp-CodeCell').join('\n');
  const text = visibleText(body);
  const onPage = compact(text);
  const notebook = JSON.parse(readFileSync(path, 'utf8')) as Notebook;
  return {
    bytes: statSync(path).size,
    faults: readFileSync(`${rendered}.txt`, 'utf8'),
    text,
    escapedTags: [...codeCells.matchAll(ESCAPED_TAG)].map(([tag]) => tag),
    lost: textsOf(notebook).filter(part => !onPage.includes(compact(part))),
    pictures: [...codeCells.matchAll(/<img[^>]+src="data:image\/png;base64,/g)].length
  };
}

const ESCAPED_TAG =
  /&lt;\/?(?:table|tbody|thead|tr|td|th|b|code|pre|span|ul|ol|li|input|div|p|svg|details|summary|label)\b[^&]*&gt;/g;

function cellsOf(body: string, kind: string): string[] {
  return body.split('<div class="jp-Cell ').filter(cell => cell.startsWith(kind));
}

function visibleText(html: string): string {
  return html
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ');
}

/** Every line of every source of a code cell, and of what its outputs show: the richest form that the page takes. */
function textsOf({ cells }: Notebook): string[] {
  return cells
    .filter(cell => cell.cell_type === 'code')
    .flatMap(cell => [cell.source, ...((cell as CodeCell).outputs ?? []).map(shownText)])
    .flatMap(text => [text].flat().join('').split('\n'))
    .map(line => line.trim())
    .filter(line => line !== '');
}

function shownText(output: Output): string {
  if (output.text !== undefined) {
    return withoutColours([output.text].flat().join(''));
  }
  const html = output.data?.['text/html'] as string | readonly string[] | undefined;
  if (html !== undefined) {
    // Where one element ends and the next begins the page has a space or none.
    return [html]
      .flat()
      .join('')
      .split(/<[^>]*>/)
      .map(visibleText)
      .join('\n');
  }
  const plain = output.data?.['text/plain'] as string | readonly string[] | undefined;
  const isPicture = output.data?.['image/png'] !== undefined;
  return isPicture || plain === undefined ? '' : [plain].flat().join('');
}

function withoutColours(text: string): string {
  return text.replace(/\u001b\[[\d;]*m/g, '');
}

/** Highlighting puts tags, and with them spaces, anywhere. */
export function compact(text: string): string {
  return text.replace(/\s+/g, '');
}
