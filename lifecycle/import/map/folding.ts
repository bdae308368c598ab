// What is folded: `<details>` and its summary, written in HTML, with or without a line between them; and the tabs and folded parts of
// generators of sites, whose marks are lines of text.

/** A stretch of HTML that folds or unfolds, or what stands between. */
export interface FoldingPart {
  readonly kind: 'opens' | 'goes-on' | 'closes' | 'text';
  readonly text: string;
  /** Where it begins. */
  readonly at: number;
}

const MARKS =
  /<details\b[^<>]*>(?:\s*<summary\b[^<>]*>(?:(?!<\/?details\b)[^])*?<\/summary>)?|<\/details>|<\/?summary\b[^<>]*>/gi;

/** True for HTML in which something is folded that does not end in it. */
export function isFolding(html: string): boolean {
  return /<\/?(?:details|summary)\b/i.test(html) && !/<details\b[^]*<\/details>\s*$/i.test(html);
}

/** Its parts, in their order. */
export function foldingParts(html: string): FoldingPart[] {
  const parts: FoldingPart[] = [];
  let end = 0;
  for (const { 0: text, index } of html.matchAll(MARKS)) {
    parts.push({ kind: 'text', text: html.slice(end, index), at: end });
    const kind = /^<\/?summary/i.test(text) ? 'goes-on' : text.startsWith('</') ? 'closes' : 'opens';
    parts.push({ kind, text, at: index });
    end = index + text.length;
  }
  return [...parts, { kind: 'text', text: html.slice(end), at: end }];
}

/** Under which words it is folded, as they are written. */
export function summaryOf(opening: string): string {
  return opening
    .replace(/<\/?(?:details|summary)\b[^<>]*>/gi, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** A line of text that begins a part which not everybody follows, or ends one. */
export type ContainerMark = { readonly title: string } | 'closes';

/** The marks in a text. `open`: whether each `:::` that is open folds; it is changed. */
export function containerMarks(text: string, open: boolean[]): ContainerMark[] {
  return text.split('\n').flatMap((line): ContainerMark[] => {
    const [, colons = '', rest = ''] = /^\s*(:{3,})\s*(.*)$/.exec(line) ?? [];
    if (colons !== '' && rest === '') {
      return open.pop() === true ? ['closes'] : [];
    }
    const [, name = '', title = ''] =
      /^\s*(?:<|\{\{[<%]\s*|\{%-?\s*|:{3,}\s*\{?)(\w[\w-]*)\}?\s*(.*?)\s*(?:[%>]\}\}|-?%\}|>)?\s*$/.exec(
        line
      ) ?? [];
    const isFolding = FOLDING.test(name);
    if (colons !== '') {
      open.push(isFolding);
    }
    const words = /(?:title|label|name|value)="([^"]*)"|^"([^"]*)"/.exec(title);
    return isFolding
      ? [{ title: words?.[1] ?? words?.[2] ?? (title || name) }]
      : CLOSING.test(line)
        ? ['closes']
        : [];
  });
}

const FOLDING = /^(?:details|dropdown|collaps\w*|expand\w*|accordion\w*|tab(?:-?item)?)$/i;
const CLOSING =
  /^\s*(?:<\/|\{\{[<%]\s*\/\s*|\{%-?\s*(?:end|\/\s*))(?:dropdown|collaps\w*|expand\w*|accordion\w*|tab(?:-?item)?)\b/i;
