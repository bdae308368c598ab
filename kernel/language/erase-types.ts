// Takes the types out of a text. Nearly always Node overwrites them with spaces, so that line and column stay. What has a meaning
// at run time (enum, namespace, parameter property, decorator, JSX) is emitted by the compiler, and keeps its line.
import { stripTypeScriptTypes } from 'node:module';
import type { Compiler } from './compiler.js';
import { childrenOf, type CellLanguage, type Node } from './parse.js';

/** JavaScript. `keepsPositions` when each character is where it was. */
export interface Erased {
  readonly js: string;
  readonly keepsPositions: boolean;
}

/** Emits what cannot be stripped. */
export type Emit = Pick<Compiler, 'emit'>;

/** Erases the types of a text without faults. Throws Node's error for what it does not know. */
export async function eraseTypes(
  text: string,
  lang: CellLanguage,
  body: readonly Node[],
  compiler: Emit
): Promise<Erased> {
  const isLowered = /@|\baccessor\b/.test(text) && body.some(needsLowering);
  const js = isLowered || lang === 'tsx' ? null : strip(text);
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
