// Whether a cell declares a name, read from its text alone. Used for a remark only, so a near miss does no harm:
// the kernel's own answer counts as soon as the cell has run.

const COMMENT_OR_TEXT = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g;
const VARIABLES = 'const|let|var|using';
const WORDS = 'function\\*?|class|interface|type|enum|namespace';

/** True when `source` has a declaration or an import of `name`. */
export function declaresName(source: string, name: string): boolean {
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)) {
    return false;
  }
  const code = source.replace(COMMENT_OR_TEXT, ' ');
  const own = name.replace(/\$/g, '\\$');
  const whole = `(?<![\\w$.])${own}(?![\\w$])`;
  return [
    `(?:${WORDS})\\s+${own}(?![\\w$])`,
    `import\\s[^;]*?${whole}[^;]*?\\sfrom(?![\\w$])`,
    `(?:${VARIABLES})\\s+(?:[^=;]*?[{[,]\\s*)?(?:[\\w$]+\\s*:\\s*)?${whole}`,
    `(?:${VARIABLES})\\s[^;]*?,\\s*${own}\\s*(?::[^=;,]+)?=(?![=>])`
  ].some(pattern => new RegExp(`(?<![\\w$])${pattern}`).test(code));
}
