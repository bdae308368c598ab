// Takes the types out of a text, by Node's own means. Nearly always they are overwritten with spaces, so that line and column
// stay. Only what has a meaning at run time (enum, namespace, parameter property, `import x = y`, `<T>x`) is transformed.
import { stripTypeScriptTypes } from 'node:module';

/** JavaScript. `keepsPositions` when each character is where it was. */
export interface Erased {
  readonly js: string;
  readonly keepsPositions: boolean;
}

/** Erases the types of a text without faults. Throws Node's error for what it does not know. */
export function eraseTypes(text: string): Erased {
  try {
    return { js: strip(text, 'strip'), keepsPositions: true };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX') {
      throw error;
    }
    return { js: strip(text, 'transform'), keepsPositions: false };
  }
}

// Node warns once that the function is experimental; the warning would be shown under somebody's cell.
function strip(text: string, mode: 'strip' | 'transform'): string {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return stripTypeScriptTypes(text, { mode });
  } finally {
    process.emitWarning = emitWarning;
  }
}
