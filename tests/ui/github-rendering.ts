// What GitHub makes of the saved notebook, as near as it can be had: nbconvert with the sanitizer on.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './root.js';

/**
 * The rendering's visible text, and tags of code cells that would be seen as text.
 * Markdown cells are left out of the second: nbconvert's sanitizer escapes the paragraphs and headings that nbconvert itself
 * makes of any prose, whatever is written; GitHub has a sanitizer of its own for them.
 */
export function renderForGithub(notebook: string): { text: string; escapedTags: string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'launchbook-html-'));
  try {
    const output = join(folder, 'run.html');
    execFileSync(join(ROOT, '.venv/bin/python'), [
      '-m',
      'nbconvert',
      '--to',
      'html',
      '--HTMLExporter.sanitize_html=True',
      '--output',
      output,
      notebook
    ]);
    const html = readFileSync(output, 'utf8');
    const outputs = html.slice(html.indexOf('<body'));
    return {
      text: decode(
        outputs
          .replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
          .replace(/<[^>]*>/g, ' ')
          .replace(/\s+/g, ' ')
      ),
      escapedTags: [
        ...codeCellsOf(outputs).matchAll(
          /&lt;\/?(table|tbody|thead|tr|td|th|b|code|pre|span|ul|ol|li|input|div|p|svg|details|summary|label)\b[^&]*&gt;/g
        )
      ].map(tag => tag[0])
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function codeCellsOf(html: string): string {
  return html
    .split('<div class="jp-Cell ')
    .filter(cell => cell.startsWith('jp-CodeCell'))
    .join('\n');
}

function decode(html: string): string {
  return html
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}
