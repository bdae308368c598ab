// What is known about the name at the cursor: signature and documentation. Inside the parentheses of a call, where JupyterLab
// asks too, the function that is being called.
import type { MimeBundle } from '../../../contract/base/json.js';
import { withoutNamespaces } from '../documents/document-name.js';
import type { LanguageServer } from '../server/lsp-client.js';
import { positionAt, type Hover, type Markup, type SignatureHelp } from '../server/protocol-types.js';

/** Describes what stands at `offset`; null when nothing is known. `detail` 0 is the signature with the first paragraph. */
export async function inspectAt(
  server: LanguageServer,
  uri: string,
  code: string,
  offset: number,
  detail: 0 | 1
): Promise<MimeBundle | null> {
  const at = { textDocument: { uri }, position: positionAt(code, offset) };
  const markdown = touchesWord(code, offset)
    ? await hover(server, { ...at, position: positionAt(code, wordStart(code, offset)) })
    : '';
  const found = markdown === '' ? await calledFunction(server, at) : markdown;
  if (found === '') {
    return null;
  }
  const shown = detail === 1 ? found : firstParagraph(found);
  return { 'text/markdown': shown, 'text/plain': toPlain(shown) };
}

async function hover(server: LanguageServer, at: object): Promise<string> {
  const answer = await server.request<Hover | null>('textDocument/hover', at);
  const markdown = answer === null ? '' : [answer.contents].flat().map(textOf).join('\n\n').trim();
  return UNKNOWN.test(markdown) ? '' : tidy(markdown);
}

// The server describes names of earlier cells as imports, which tells people nothing; and it breaks a link inside a tag in two.
function tidy(markdown: string): string {
  return withoutNamespaces(markdown)
    .replace(/^(```\w*\n)\(alias\) /, '$1')
    .replace(/\{\s*\*@link\* — ([^}\s]+)\}/g, '`$1`');
}

// What the server says about a name that nobody declares.
const UNKNOWN = /^```\w*\nany\n```$/;

async function calledFunction(server: LanguageServer, at: object): Promise<string> {
  const answer = await server.request<SignatureHelp | null>('textDocument/signatureHelp', at);
  const signature = answer?.signatures[answer.activeSignature ?? 0];
  if (signature === undefined) {
    return '';
  }
  const documentation = signature.documentation === undefined ? '' : `\n\n${textOf(signature.documentation)}`;
  return `\`\`\`typescript\n${signature.label}\n\`\`\`${documentation}`.trim();
}

function textOf(markup: Markup): string {
  return typeof markup === 'string' ? markup : markup.value;
}

function touchesWord(code: string, offset: number): boolean {
  return /[\p{ID_Continue}$]$/u.test(code.slice(0, offset)) || /^[\p{ID_Start}$]/u.test(code.slice(offset));
}

function wordStart(code: string, offset: number): number {
  return offset - (/[\p{ID_Continue}$]*$/u.exec(code.slice(0, offset))?.[0].length ?? 0);
}

function firstParagraph(markdown: string): string {
  const [signature = '', ...rest] = markdown.split(/(?<=\n```)\n/);
  const first =
    rest
      .join('\n')
      .trim()
      .split(/\n\s*\n/)[0] ?? '';
  return first === '' ? signature : `${signature}\n${first}`;
}

function toPlain(markdown: string): string {
  return markdown
    .replace(/^```\w*\n?/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
