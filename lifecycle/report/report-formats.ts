// A report as Markdown or as one HTML page that needs nothing else. Every text is escaped.
import { escapeHtml } from '../../runbook/display/escape.js';
import { escapeMarkdown, markdownTable } from '../text/markdown.js';
import type { Report } from './report-run.js';

/** Writers by the name of their format. */
export const REPORT_FORMATS: { readonly [format in 'md' | 'html']: (report: Report) => string } = {
  md: markdownReport,
  html: htmlReport
};

function markdownReport({ title, lines, parts }: Report): string {
  const sections = parts.map(part =>
    [
      `## ${escapeMarkdown(part.title)}`,
      '',
      ...(part.rows.length === 0
        ? [escapeMarkdown(part.empty)]
        : markdownTable(
            part.heads,
            part.rows.map(row => row.map(escapeMarkdown))
          ))
    ].join('\n')
  );
  return `${[`# ${escapeMarkdown(title)}`, lines.map(escapeMarkdown).join('\n'), ...sections].join('\n\n')}\n`;
}

const STYLE =
  ':root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0;border-bottom:1px solid color-mix(in srgb,currentColor 25%,transparent)}';

function htmlReport({ title, lines, parts }: Report): string {
  const sections = parts.map(part => {
    const head = `<tr>${part.heads.map(text => `<th scope="col">${escapeHtml(text)}</th>`).join('')}</tr>`;
    const rows = part.rows.map(row => `<tr>${row.map(text => `<td>${escapeHtml(text)}</td>`).join('')}</tr>`);
    const body =
      rows.length === 0
        ? `<p>${escapeHtml(part.empty)}</p>`
        : `<table><thead>${head}</thead><tbody>${rows.join('\n')}</tbody></table>`;
    return `<h2>${escapeHtml(part.title)}</h2>\n${body}`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
${lines.map(line => `<p>${escapeHtml(line)}</p>`).join('\n')}
${sections.join('\n')}
</body>
</html>
`;
}
