// The HTML of the pages on which people decide. It carries data and nothing that is run: the script is a file of its own.
import { htmlText } from '../../contract/base/escape.js';
import type { PageAssets } from './page-assets.js';

/** A page whose script is `script` of the assets. `data` is what it is made from. */
export function pageHtml(
  script: 'decision' | 'list' | 'enrolment',
  data: object,
  { version }: PageAssets
): string {
  const head = `<link rel="stylesheet" href="../page.css?${version}">
<script src="../${script}.js?${version}" defer></script>`;
  return htmlOf(TITLES[script], head, dataBlock(data));
}

const TITLES = {
  decision: 'Launchbook: a decision',
  list: 'Launchbook: what is to be done',
  enrolment: 'Launchbook: enrol a passkey'
};

/** A page that says one sentence. */
export function plainPage(text: string): string {
  return htmlOf('Launchbook', '', '', htmlText(text));
}

/** The same page as one file for a host of pages: question in the fragment of the address, answer by hand. */
export function staticPageHtml(data: object, { style, scripts, hashOf }: PageAssets): string {
  const policy = `default-src 'none'; script-src '${hashOf(scripts.static)}'; style-src '${hashOf(style)}'; base-uri 'none'; form-action 'none'`;
  const head = `<meta http-equiv="content-security-policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<style>${style}</style>`;
  return htmlOf('Launchbook', head, `${dataBlock(data)}\n<script>${scripts.static}</script>`);
}

function htmlOf(title: string, head: string, end: string, text = 'Loading …'): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
${head}
</head>
<body>
<main>
<p>${text}</p>
<noscript><p>A passkey signs with a script of this page. Switch scripts on for this address.</p></noscript>
</main>
${end}
</body>
</html>
`;
}

/** A block of data is no script: nothing runs it. No text in it can end it. */
function dataBlock(data: object): string {
  return `<script type="application/json" id="data">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`;
}
