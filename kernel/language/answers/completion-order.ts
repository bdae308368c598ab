// Which names completion offers, and in which order: that of the language server. Where names begin exactly as it was typed, those
// that begin so in other letters are left out.
import type { CompletionItem } from '../server/protocol-types.js';

/** The items that may stand in place of `prefix`, the best first. */
export function offeredInOrder(items: readonly CompletionItem[], prefix: string): readonly CompletionItem[] {
  const ordered = [...items].sort((one, other) =>
    compare(one.sortText ?? one.label, other.sortText ?? other.label)
  );
  const exact = ordered.filter(item => insertedText(item).startsWith(prefix));
  return exact.length > 0
    ? exact
    : ordered.filter(item => insertedText(item).toLowerCase().startsWith(prefix.toLowerCase()));
}

/** What an item puts into the cell. */
export function insertedText(item: CompletionItem): string {
  return item.textEdit?.newText ?? item.insertText ?? item.label;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
