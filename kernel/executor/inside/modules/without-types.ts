// The JavaScript of a file of TypeScript: types become spaces, so that lines and columns stay; an enum or a namespace is transformed, with a
// source map.
import { setSourceMapsSupport, stripTypeScriptTypes } from 'node:module';
import process from 'node:process';

/** What runs. Throws Node's error for what is no TypeScript. */
export function withoutTypes(text: string, url: string): string {
  return quietly(() => {
    try {
      return stripTypeScriptTypes(text, { mode: 'strip' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX') {
        throw error;
      }
      setSourceMapsSupport(true, { nodeModules: false, generatedCode: false });
      return stripTypeScriptTypes(text, { mode: 'transform', sourceMap: true, sourceUrl: url });
    }
  });
}

/** Node warns once that this is new. */
function quietly<T>(act: () => T): T {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return act();
  } finally {
    process.emitWarning = emitWarning;
  }
}
