// A report as Markdown or as one HTML page that needs nothing else. Every text is escaped.
import { htmlAddress, htmlText, markdownText } from '../../contract/base/escape.js';
import { markdownTable } from '../text/markdown.js';
import type { Report, ReportPart } from './report-run.js';

/** Writers by the name of their format. */
export const REPORT_FORMATS: { readonly [format in 'md' | 'html']: (report: Report) => string } = {
  md: markdownReport,
  html: htmlReport
};

function markdownReport({ title, lines, warnings, parts }: Report): string {
  return `${[
    `# ${markdownText(title)}`,
    lines.map(markdownText).join('\n'),
    ...warnings.map(text => `**${markdownText(text)}**`),
    ...parts.map(part => [`## ${markdownText(part.title)}`, '', ...markdownPart(part)].join('\n'))
  ].join('\n\n')}\n`;
}

function markdownPart({ heads, rows, links, empty }: ReportPart): readonly string[] {
  if (rows.length === 0) {
    return [markdownText(empty)];
  }
  return heads.length === 1
    ? rows.map(([text = '']) => `- ${markdownText(text)}`)
    : markdownTable(heads, rows, links);
}

/** Times do not break, so that a table of them can be read down; on a narrow page a table is scrolled by itself. */
const STYLE = [
  ':root{color-scheme:light dark}',
  'body{font:16px/1.5 system-ui,sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem}',
  'h1{line-height:1.2}h2{margin:2.5rem 0 .5rem}p{margin:.25rem 0}',
  '.warning{font-weight:600;border-left:.3rem solid #c77700;padding-left:.75rem}',
  'table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}',
  'th,td{text-align:left;vertical-align:top;padding:.25rem 1rem .25rem 0;overflow-wrap:break-word;border-bottom:1px solid color-mix(in srgb,currentColor 20%,transparent)}',
  'th{font-weight:600;white-space:nowrap}td.time{white-space:nowrap}',
  'li{margin:.25rem 0}',
  '@media (max-width:45rem){table{display:block;overflow-x:auto}}',
  '@media print{body{max-width:none;font-size:10pt}tr{break-inside:avoid}}'
].join('');

function htmlReport({ title, lines, warnings, parts }: Report): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${htmlText(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${htmlText(title)}</h1>
${[
  ...lines.map(line => `<p>${htmlText(line)}</p>`),
  ...warnings.map(text => `<p class="warning">${htmlText(text)}</p>`),
  ...parts.map(part => `<h2>${htmlText(part.title)}</h2>\n${htmlPart(part)}`)
].join('\n')}
</body>
</html>
`;
}

function htmlPart({ heads, rows, links, empty }: ReportPart): string {
  if (rows.length === 0) {
    return `<p>${htmlText(empty)}</p>`;
  }
  if (heads.length === 1) {
    return `<ul>\n${rows.map(([text = '']) => `<li>${htmlText(text)}</li>`).join('\n')}\n</ul>`;
  }
  const head = heads.map(text => `<th scope="col">${htmlText(text)}</th>`).join('');
  const body = rows
    .map((row, index) => {
      const cells = row.map((text, at) => htmlCell(text, at === 1 ? (links?.[index] ?? null) : null));
      return `<tr>${cells.join('')}</tr>`;
    })
    .join('\n');
  return `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}

function htmlCell(text: string, address: string | null): string {
  const shown = address === null ? htmlText(text) : `<a href="${htmlAddress(address)}">${htmlText(text)}</a>`;
  return `<td${TIME.test(text) ? ' class="time"' : ''}>${shown}</td>`;
}

const TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d( UTC)?$/;
