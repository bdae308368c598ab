// Takes the types out of a text. Nearly always they are overwritten with spaces, so that line and column stay. What has a meaning
// at run time (enum, namespace, parameter property, decorator, JSX) is emitted by the compiler, and keeps its line.
import { stripTypeScriptTypes } from 'node:module';
import { blankTypes } from './blank-types.js';
import type { Compiler } from './compiler.js';
import { childrenOf, type CellLanguage, type Node } from '../../../record/source/parse.js';

/** JavaScript. `keepsPositions` when each character is where it was. */
export interface Erased {
  readonly js: string;
  readonly keepsPositions: boolean;
}

/** Emits what cannot be stripped. */
export type Emit = Pick<Compiler, 'emit'>;

/**
 * Erases the types of a text without faults. `body` is its tree, and `isParsed` says that the text is still the one that was parsed.
 * Throws Node's error for what it does not know.
 */
export async function eraseTypes(
  text: string,
  lang: CellLanguage,
  body: readonly Node[],
  compiler: Emit,
  isParsed: boolean
): Promise<Erased> {
  const isLowered = /@|\baccessor\b/.test(text) && body.some(needsLowering);
  const blanked = isParsed && !isLowered && lang === 'ts' ? blankTypes(text, body) : null;
  const js = isLowered || lang === 'tsx' ? null : (blanked ?? strip(text));
  return js === null
    ? { js: await compiler.emit(text, lang, isLowered), keepsPositions: false }
    : { js, keepsPositions: true };
}

// What V8 does not run yet.
function needsLowering(node: Node): boolean {
  return (
    node.type === 'Decorator' || node.type === 'AccessorProperty' || childrenOf(node).some(needsLowering)
  );
}

// Null when there is more than types. Node warns once that the function is experimental; the warning would be shown under
// somebody's cell.
function strip(text: string): string | null {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return stripTypeScriptTypes(text, { mode: 'strip' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX') {
      return null;
    }
    throw error;
  } finally {
    process.emitWarning = emitWarning;
  }
}
