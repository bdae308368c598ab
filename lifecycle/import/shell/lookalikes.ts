// Signs that only look like those of a shell, and what was probably meant.
import { lookalikeFault } from '../../../runbook/shell/refused-signs.js';

/** The first sign outside of quotes and comments that only looks like another one. */
export function lookalikeIn(text: string): string | null {
  const bare = text.replace(/\\[^]|'[^'\n]*'|"(?:\\[^]|[^"\\\n])*"|(?<=^|\s)#[^\n]*/gm, '');
  return [...bare].find(sign => lookalikeFault(sign) !== null) ?? null;
}

/** The same text in the signs of a keyboard, as a proposal. */
export function asciiOf(text: string): string {
  return text
    .replace(/[\u2018-\u201B\u2032\u2035\u2039\u203A\u00B4\uFF07]/g, "'")
    .replace(/[\u201C-\u201F\u2033\u2034\u2036\u00AB\u00BB\uFF02]/g, '"')
    .replace(/[\u2013\u2014](?=\w{2})/g, '--')
    .replace(/[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/g, '-')
    .replace(/[\p{Zs}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/(?![\t\n])[\p{Cf}\p{Cc}\u034F\u115F\u1160\u3164\uFFA0]/gu, '');
}
