// What `import`, `require` and `import.meta` mean in a cell: everything is resolved from the notebook's folder by Node's own
// loader. Modules that the host provides (the helper library) are the same objects in cells and in local files beside the
// notebook, which reach them by a resolve hook and a generated module.
import { statSync } from 'node:fs';
import Module, {
  createRequire,
  registerHooks,
  type ResolveFnOutput,
  type ResolveHookContext
} from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { LaunchbookError } from '../../../../contract/base/error.js';
import { asTypeScriptSaysIt } from './common-modules.js';
import { FreshModules, isLocal } from './fresh-modules.js';
import { loadSource } from './local-sources.js';
import { TsconfigPaths } from './tsconfig-paths.js';
import { JSON, Object, String, Symbol } from '../../intrinsics.js';

/** Specifier to a function that gives the module's exports. */
export type ProvidedModules = Readonly<Record<string, () => unknown>>;

type Import = (specifier: string, options?: ImportCallOptions) => Promise<unknown>;

/** What cells call. */
interface CellImport extends Import {
  /** For `import it from`: refuses a module that has no default. */
  withDefault: Import;
}

const SCHEME = 'launchbook-provided:';
const TABLE = Symbol.for('launchbook.provided');

/** The names that cells see: `__launchbookImport`, `__launchbookMeta`, and those of CommonJS. */
export function makeModuleGlobals(folder: string, provided: ProvidedModules): Record<string, unknown> {
  const filename = join(folder, '__cell.js');
  const url = pathToFileURL(filename).href;
  const nativeImport = vm.runInThisContext('(specifier, options) => import(specifier, options)', {
    filename,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER
  }) as Import;
  provideToFiles(provided, new TsconfigPaths(folder));
  const importModule: Import = async (specifier, options) => {
    const own = Object.hasOwn(provided, String(specifier)) ? provided[specifier] : undefined;
    return own === undefined
      ? asTypeScriptSaysIt(await nativeImport(specifier, options ?? defaultOptions(specifier)))
      : await own();
  };
  const withDefault: Import = async (specifier, options) => {
    const module = (await importModule(specifier, options)) as object;
    if ('default' in module) {
      return module;
    }
    if (Object.hasOwn(provided, String(specifier))) {
      return { ...module, default: module };
    }
    throw noDefault(String(specifier));
  };
  const require = createRequire(url);
  // What the module of a CommonJS file has; nobody requires a cell.
  const module = Object.assign(new Module(filename), { filename, loaded: true });
  const resolve = (specifier: string): string => {
    const path = require.resolve(specifier);
    return path.startsWith('/') || /^[A-Za-z]:\\/.test(path) ? pathToFileURL(path).href : path;
  };
  return {
    __launchbookImport: Object.assign(importModule, { withDefault }) satisfies CellImport,
    __launchbookMeta: { url, filename, dirname: folder, resolve },
    require,
    module,
    exports: module.exports,
    __filename: filename,
    __dirname: folder
  };
}

function noDefault(specifier: string): LaunchbookError {
  return new LaunchbookError(`The module '${specifier}' has no default export.`, {
    code: 'import.no_default',
    hint: 'Import what it has by name, import { name } from …, or the whole, import * as all from …; where the default is a type, import type.'
  });
}

function defaultOptions(specifier: string): ImportCallOptions {
  return String(specifier).endsWith('.json') ? { with: { type: 'json' } } : {};
}

function provideToFiles(provided: ProvidedModules, paths: TsconfigPaths): void {
  Object.defineProperty(globalThis, TABLE, { value: provided, configurable: true });
  const modules = new FreshModules();
  registerHooks({
    resolve(specifier, context, nextResolve) {
      if (Object.hasOwn(provided, specifier)) {
        return { url: SCHEME + specifier, format: 'module', shortCircuit: true };
      }
      const found = resolveSource(specifier, context, nextResolve, paths);
      // Node 24.0.0 hands a set over, later ones an array.
      const isRequired = [...context.conditions].includes('require');
      return { ...found, url: modules.resolve(found.url, context.parentURL, isRequired) };
    },
    load(url, context, nextLoad) {
      return url.startsWith(SCHEME)
        ? { format: 'module', source: sourceOf(url.slice(SCHEME.length), provided), shortCircuit: true }
        : loadSource(url, context, nextLoad);
    }
  });
}

function resolveSource(
  specifier: string,
  context: ResolveHookContext,
  nextResolve: (specifier: string, context: ResolveHookContext) => ResolveFnOutput,
  paths: TsconfigPaths
): ResolveFnOutput {
  const parent = context.parentURL ?? '';
  // Of a file of one's own: packages know nothing of the paths of the folder.
  const isBare = isLocal(parent) && !/^(?:\.|\/|[a-z]+:)/.test(specifier);
  const mapped = (isBare ? paths.targetsOf(specifier) : []).map(sourceAt).find(url => url !== null);
  if (mapped) {
    return nextResolve(mapped, context);
  }
  try {
    return nextResolve(specifier, context);
  } catch (error) {
    const found = findSource(specifier, parent, error);
    if (found === null) {
      throw error;
    }
    return nextResolve(found, context);
  }
}

/** TypeScript authors write './check', './check.js' or './check.ts' for the same file, also in `imports` of package.json. */
function findSource(specifier: string, parent: string, error: unknown): string | null {
  const { url } = error as { readonly url?: unknown };
  const isRelative = /^\.\.?\//.test(specifier) && parent.startsWith('file:');
  const target = isRelative ? new URL(specifier, parent).href : url;
  return typeof target === 'string' && isLocal(target) ? sourceAt(target) : null;
}

/** The file that is meant by a URL without its ending, or with the one that it has once it is compiled. */
function sourceAt(target: string): string | null {
  const stem = target.replace(/\.(m|c)?js$/, '');
  const kind = /\.(m|c)js$/.exec(target)?.[1] ?? '';
  const endings =
    stem === target
      ? ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs', '.json', '/index.ts', '/index.js']
      : [`.${kind}ts`];
  return [target, ...endings.map(ending => stem + ending)].find(isFile) ?? null;
}

function isFile(url: string): boolean {
  return statSync(fileURLToPath(url), { throwIfNoEntry: false })?.isFile() === true;
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
