// The Markdown that Google Docs exports: headings in bold with an id behind them, and code as lines in backticks with hard breaks.

/** True for a text with the marks of that export. */
export function isSharedDocument(text: string): boolean {
  return /^#{1,6} .*\{#[\w-]+\}[ \t]*$/m.test(text) || /^\[image\d+\]: <data:/m.test(text);
}

/** The same lines as people would write them: a paragraph in which every line is code becomes a block of code. */
export function tidiedSharedDocument(text: string): string {
  return text
    .replace(
      /^(#{1,6}) (?:\*\*(.*?)\*\*|(.*?))[ \t]*\{#[\w-]+\}[ \t]*$/gm,
      (_, marks: string, bold?: string, plain?: string) => `${marks} ${bold ?? plain ?? ''}`
    )
    .replace(
      /(?<=\n\n)(?:`[^`\n]+`[ \t]{0,3}\n)+(?=\n|$)/g,
      lines => `\`\`\`\n${lines.replace(/^`([^`\n]+)`[ \t]*$/gm, '$1')}\`\`\`\n`
    );
}
