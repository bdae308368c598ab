// Hold points of a text that cannot be parsed, by its words: it cannot run, and it must not stop to lock what comes after it while somebody
// is in the middle of writing.
import type { HelperCall } from '../../contract/notebook/source-facts.js';

/** The calls `approval('…')`, each with its name when that is a plain text. Comments do not count. */
export function holdsByWords(text: string): HelperCall[] {
  const code = text.replace(COMMENT, (comment, before: string = '') => before.padEnd(comment.length));
  return [...code.matchAll(CALL)].map(call => {
    const start = call.index + call[0].indexOf(NAME);
    return {
      helper: NAME,
      name: call[2]?.replace(/\\(.)/g, '$1') ?? null,
      line: text.slice(0, start).split('\n').length,
      start,
      end: call.index + call[0].length
    };
  });
}

const NAME = 'approval';
const COMMENT = /\/\*[\s\S]*?\*\/|(^|[^:'"`\\])\/\/[^\n]*/g;
const CALL = /(?:^|[^\w.$])approval\s*\(\s*(?:(['"`])((?:\\.|(?!\1)[^\\])*)\1)?/g;
