// Reads the line command of a cell. A cell that begins with one holds it alone.
import type { Outline } from '../../contract/notebook/outline.js';
import { makeError } from '../make-error.js';
import { LINES, type AskedAct, type Line, type Word } from './lines.js';

/** True when the cell is a line command of a run, well-formed or not. */
export function isLineCommand(code: string): boolean {
  return START.test(code);
}

/**
 * The acts that the command of a cell asks for, in turn. Names with spaces stand in quotes; a step or phase is named by its title or id.
 *
 * @throws code `command.malformed` with the form that was expected.
 * @example
 * readLine('%skip "Warm the caches" done by hand', outline)
 * // [{ act: 'skip', params: { step: 'warm', reason: 'done by hand' }, … }]
 */
export function readLine(code: string, outline: Outline): readonly AskedAct[] {
  const [line = '', ...further] = code.trim().split('\n');
  const word = START.exec(line)?.[1] as Word;
  const { form, read }: Line = LINES[word];
  const isAlone = further.join('').trim() === '';
  const acts = isAlone ? read(wordsOf(line.trim().slice(word.length + 1)), outline) : null;
  if (acts === null) {
    throw makeError(
      'CommandError',
      'command.malformed',
      `“${line.trim()}” was not carried out: expected ${form}, alone in its cell.`,
      'Put names with spaces in quotes.'
    );
  }
  return acts;
}

const START = new RegExp(`^\\s*%(${Object.keys(LINES).join('|')})\\b`);

/** Words, and texts in double or single quotes as one word each. */
function wordsOf(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, plain]) => double ?? single ?? plain!
  );
}
