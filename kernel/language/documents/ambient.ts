// What every cell may use without an import: Node's types, the helper library's names as globals, and the module "launchbook".
// Documents in memory, opened when a cell first needs one of these names, because reading Node's types takes the server 150 ms and
// 50 MB; and, where the notebook's folder has no tsconfig.json of its own, one that takes the browser's names away, which would
// hide typing mistakes (`name`, `status`, `close`).
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findNodeTypes } from '../server/server-path.js';
import { NODE_GLOBALS } from './node-globals.js';
import { TSLAB_TYPES } from './tslab-types.js';

/** A document by file name. */
export interface AmbientDocument {
  readonly file: string;
  readonly text: string;
}

/** The documents that every check needs. */
export function projectDocuments(folder: string): AmbientDocument[] {
  // It includes itself, or the server would open a project of its own guess for it, with the browser's library in it (70 ms).
  const text = JSON.stringify({ compilerOptions: OPTIONS, include: ['__cell_*', 'tsconfig.json'] });
  return existsSync(join(folder, 'tsconfig.json')) ? [] : [{ file: 'tsconfig.json', text }];
}

/**
 * Whether a text may mean something else without the ambient documents and have no fault all the same: modules that cannot be found are
 * `any`, an expected error may be that of a missing name. Any other text has a fault then.
 */
export function needsAmbient(text: string): boolean {
  return AMBIENT.test(text);
}

const AMBIENT = /\b(?:import|require|global)\b|@ts-|\/\/\/\s*</;

/** The types of what launchbook.yml gives to cells, by name, as TypeScript writes them. */
export interface ProfileTypes {
  readonly vars: { readonly [name: string]: string };
  readonly parameters: { readonly [name: string]: string };
}

/** The documents with the ambient names. `libraryPath` is the library's index.d.ts, or null when there is none. */
export function ambientDocuments(
  libraryPath: string | null,
  injectedNames: readonly string[],
  profile: ProfileTypes = { vars: {}, parameters: {} }
): AmbientDocument[] {
  const nodeTypes = findNodeTypes();
  const library = libraryPath === null ? null : JSON.stringify(libraryModule(libraryPath));
  const globals = injectedNames.map(
    name => `  const ${name}: ${library === null ? 'any' : `typeof import(${library}).${name}`};`
  );
  const documents = [
    {
      file: '__cell_globals.ts',
      text: [
        ...(nodeTypes === null ? [] : [`import ${JSON.stringify(nodeTypes)};`]),
        'declare global {',
        ...globals,
        ...ELEMENTS,
        '}',
        ...(libraryPath === null ? [] : profileTypes(libraryPath, profile)),
        'export {};',
        ''
      ].join('\n')
    },
    { file: '__cell_node.d.ts', text: NODE_GLOBALS },
    { file: '__cell_tslab.d.ts', text: TSLAB_TYPES }
  ];
  if (library !== null) {
    // The compiler finds fault with an absolute path here (TS2439, a fault of this document alone) and follows it all the same,
    // provided that an import type has made it read the file.
    const text = `type Library = typeof import(${library});\ndeclare module "launchbook" { export * from ${library}; }\n`;
    documents.push({ file: '__cell_library.d.ts', text });
  }
  return documents;
}

/** Adds to the interfaces of the library, wherever it is imported from. */
function profileTypes(libraryPath: string, { vars, parameters }: ProfileTypes): string[] {
  const path = libraryModule(libraryPath).replace(/index\.js$/, 'environment/environment.js');
  const members = (types: ProfileTypes['vars']): string =>
    Object.entries(types)
      .map(([name, type]) => `readonly ${JSON.stringify(name)}: ${type};`)
      .join(' ');
  return [
    `declare module ${JSON.stringify(path)} {`,
    `  interface EnvironmentVars { ${members(vars)} }`,
    `  interface EnvironmentParameters { ${members(parameters)} }`,
    '}'
  ];
}

// Elements for a factory that says nothing of them. One that does (React) is asked first.
const ELEMENTS = ['  namespace JSX { interface IntrinsicElements { readonly [name: string]: any } }'];

/** The specifier that reaches the library's types. */
export function libraryModule(libraryPath: string): string {
  return libraryPath.replaceAll('\\', '/').replace(/\.d\.ts$/, '.js');
}

// What Node 24 runs, checked strictly, and resolved as the executor's import does: './check', '../answers/check.js' and '../answers/check.ts'.
const OPTIONS = {
  target: 'esnext',
  module: 'esnext',
  moduleResolution: 'bundler',
  moduleDetection: 'force',
  customConditions: ['node'],
  lib: ['esnext'],
  types: [],
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  resolveJsonModule: true,
  allowJs: true,
  jsx: 'react'
};
