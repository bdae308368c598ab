// Files beside the notebook as TypeScript takes them: a file with `import` or `export` is a module whatever the nearest package.json says, an
// enum or a namespace is more than types, and JSON needs no attribute. Node alone would refuse them, or warn in four lines.
import { readFileSync } from 'node:fs';
import type { LoadFnOutput, LoadHookContext } from 'node:module';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import { isLocal } from './fresh-modules.js';
import { withoutTypes } from './without-types.js';

type Load = (url: string, context: LoadHookContext) => LoadFnOutput;

/** Loads a file; everything that is not beside the notebook is left to Node. */
export function loadSource(url: string, context: LoadHookContext, nextLoad: Load): LoadFnOutput {
  const ending = isLocal(url) ? (/\.(json|[cm]?[jt]s)(?:$|[?#])/.exec(url)?.[1] ?? '') : '';
  if (ending === 'json' && context.format !== 'commonjs' && !isRequired(context)) {
    return nextLoad(url, { ...context, importAttributes: { ...context.importAttributes, type: 'json' } });
  }
  if (ending === '' || ending === 'json') {
    return nextLoad(url, context);
  }
  const text = readFileSync(fileURLToPath(url), 'utf8');
  const source = ending.endsWith('ts') ? withoutTypes(text, url) : text;
  const isModule =
    ending.startsWith('m') || context.format?.startsWith('module') === true || isWrittenAsModule(source);
  if (!isModule && source === text) {
    return nextLoad(url, context);
  }
  return { format: isModule ? 'module' : 'commonjs', source, shortCircuit: true };
}

function isRequired({ conditions }: LoadHookContext): boolean {
  return [...conditions].includes('require');
}

/** What cannot be the body of a function is a module: `import`, `export`, `import.meta`, `await` outside of functions. */
function isWrittenAsModule(source: string): boolean {
  try {
    vm.compileFunction(source.replace(/^#!.*/, ''), [
      'exports',
      'require',
      'module',
      '__filename',
      '__dirname'
    ]);
    return false;
  } catch {
    return true;
  }
}
