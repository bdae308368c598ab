// What `import`, `require` and `import.meta` mean in a cell: everything is resolved from the notebook's folder by Node's own
// loader. Modules that the host provides (the helper library) are the same objects in cells and in local files beside the
// notebook, which reach them by a resolve hook and a generated module.
import { existsSync } from 'node:fs';
import { createRequire, registerHooks, type ResolveFnOutput, type ResolveHookContext } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { FreshModules } from './fresh-modules.js';
import { JSON, Object, String, Symbol } from './intrinsics.js';

/** Specifier to a function that gives the module's exports. */
export type ProvidedModules = Readonly<Record<string, () => unknown>>;

type Import = (specifier: string, options?: ImportCallOptions) => Promise<unknown>;

const SCHEME = 'launchbook-provided:';
const TABLE = Symbol.for('launchbook.provided');

/** The names that cells see: `__launchbookImport`, `__launchbookMeta` and `require`. */
export function makeModuleGlobals(folder: string, provided: ProvidedModules): Record<string, unknown> {
  const filename = join(folder, '__cell.js');
  const url = pathToFileURL(filename).href;
  const nativeImport = vm.runInThisContext('(specifier, options) => import(specifier, options)', {
    filename,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER
  }) as Import;
  provideToFiles(provided);
  const importModule: Import = async (specifier, options) => {
    const own = Object.hasOwn(provided, String(specifier)) ? provided[specifier] : undefined;
    return own === undefined ? nativeImport(specifier, options ?? defaultOptions(specifier)) : await own();
  };
  const require = createRequire(url);
  const resolve = (specifier: string): string => {
    const path = require.resolve(specifier);
    return path.startsWith('/') || /^[A-Za-z]:\\/.test(path) ? pathToFileURL(path).href : path;
  };
  return {
    __launchbookImport: importModule,
    __launchbookMeta: { url, filename, dirname: folder, resolve },
    require
  };
}

function defaultOptions(specifier: string): ImportCallOptions {
  return String(specifier).endsWith('.json') ? { with: { type: 'json' } } : {};
}

function provideToFiles(provided: ProvidedModules): void {
  Object.defineProperty(globalThis, TABLE, { value: provided, configurable: true });
  const modules = new FreshModules();
  registerHooks({
    resolve(specifier, context, nextResolve) {
      if (Object.hasOwn(provided, specifier)) {
        return { url: SCHEME + specifier, format: 'module', shortCircuit: true };
      }
      const found = resolveSource(specifier, context, nextResolve);
      const isRequired = context.conditions.includes('require');
      return { ...found, url: modules.resolve(found.url, context.parentURL, isRequired) };
    },
    load(url, context, nextLoad) {
      return url.startsWith(SCHEME)
        ? { format: 'module', source: sourceOf(url.slice(SCHEME.length), provided), shortCircuit: true }
        : nextLoad(url, context);
    }
  });
}

function resolveSource(
  specifier: string,
  context: ResolveHookContext,
  nextResolve: (specifier: string, context: ResolveHookContext) => ResolveFnOutput
): ResolveFnOutput {
  try {
    return nextResolve(specifier, context);
  } catch (error) {
    const found = findSource(specifier, context.parentURL);
    if (found === null) {
      throw error;
    }
    return nextResolve(found, context);
  }
}

// TypeScript authors write './check', './check.js' or './check.ts' for the same file.
function findSource(specifier: string, parentUrl: string | undefined): string | null {
  if (!/^\.\.?\//.test(specifier) || parentUrl === undefined || !parentUrl.startsWith('file:')) {
    return null;
  }
  const target = new URL(specifier, parentUrl).href;
  const stem = target.replace(/\.(m|c)?js$/, '');
  const kind = /\.(m|c)js$/.exec(target)?.[1] ?? '';
  const candidates =
    stem === target
      ? ['.ts', '.mts', '.cts', '.js', '.mjs', '.json', '/index.ts', '/index.js']
      : [`.${kind}ts`];
  return candidates.map(ending => stem + ending).find(url => existsSync(fileURLToPath(url))) ?? null;
}

function sourceOf(specifier: string, provided: ProvidedModules): string {
  const exports = provided[specifier]?.() as object;
  const names = Object.keys(exports).filter(
    name => /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) && name !== 'default'
  );
  const table = `globalThis[Symbol.for('launchbook.provided')][${JSON.stringify(specifier)}]()`;
  const lines = names.map(
    (name, index) => `const v${index} = all[${JSON.stringify(name)}]; export { v${index} as ${name} };`
  );
  return [`const all = ${table};`, ...lines, 'export default all.default ?? all;'].join('\n');
}
