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
    .replace(/[\u2018\u2019\u201A\u201B\u2032]/g, "'")
    .replace(/[\u201C-\u201F\u2033\u00AB\u00BB]/g, '"')
    .replace(/[\u2013\u2014](?=\w{2})/g, '--')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\p{Zs}]/gu, ' ')
    .replace(/\p{Cf}/gu, '');
}
