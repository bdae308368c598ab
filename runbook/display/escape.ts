// Escaping for the two markups that a display bundle carries.

/** Text for HTML content. Attributes are never written. */
export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** Text for one cell or line of Markdown. */
export function escapeMarkdown(text: string): string {
  return onOneLine(text.replace(/[\\`*_[\]<>|#~]/g, '\\$&'));
}

/** Text without line breaks of any kind. */
export function onOneLine(text: string): string {
  return text.replace(/\s*[\r\n\u0085\u2028\u2029]\s*/g, ' ');
}
