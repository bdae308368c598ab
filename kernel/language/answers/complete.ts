// Completions from the language server, cut to what may stand at the cursor.
import type { Completions } from '../../core/ports/ports.js';
import { withoutNamespaces } from '../documents/document-name.js';
import type { LanguageServer } from '../server/lsp-client.js';
import { insertedText, offeredInOrder } from './completion-order.js';
import { offsetAt, positionAt, type CompletionItem, type CompletionList } from '../server/protocol-types.js';

type Completion = Completions['items'][number];

/** Completes `code` at `offset`. The document at `uri` begins with `code`. */
export async function completeAt(
  server: LanguageServer,
  uri: string,
  code: string,
  offset: number
): Promise<Completions> {
  const answer = await server.request<CompletionList | readonly CompletionItem[] | null>(
    'textDocument/completion',
    {
      textDocument: { uri },
      position: positionAt(code, offset)
    }
  );
  const items = (answer !== null && 'items' in answer ? answer.items : answer) ?? [];
  const word = /[\p{ID_Continue}$#]*$/u.exec(code.slice(0, offset))?.[0] ?? '';
  const edit = items[0]?.textEdit;
  const range = edit?.range ?? edit?.replace;
  const start = range === undefined ? offset - word.length : offsetAt(code, range.start);
  return {
    start,
    end: offset,
    items: unique(offeredInOrder(items, code.slice(start, offset)).map(describe))
  };
}

function describe(item: CompletionItem): Completion {
  const signature = item.detail;
  return {
    text: insertedText(item),
    type: KINDS[item.kind ?? 0] ?? 'text',
    ...(signature ? { signature: withoutNamespaces(signature) } : {})
  };
}

function unique(items: readonly Completion[]): Completion[] {
  return [...new Map(items.map(item => [item.text, item])).values()];
}

// CompletionItemKind of the protocol, in the words that JupyterLab has icons for.
const KINDS: readonly (string | undefined)[] = [
  undefined,
  'text',
  'method',
  'function',
  'constructor',
  'field',
  'variable',
  'class',
  'interface',
  'module',
  'property',
  'unit',
  'value',
  'enum',
  'keyword',
  'snippet',
  'color',
  'file',
  'reference',
  'folder',
  'enum-member',
  'constant',
  'struct',
  'event',
  'operator',
  'type'
];
