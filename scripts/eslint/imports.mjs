// What the rules about imports have in common: every form of an import in the syntax tree, and the file that a specifier names.
import { posix, relative, sep } from 'node:path';

/** Visitors that call `check` with the source of every import and re-export, also of types. */
export function visitImports(check) {
  const checkText = source => typeof source?.value === 'string' && check(source);
  return {
    ImportDeclaration: node => checkText(node.source),
    ExportNamedDeclaration: node => checkText(node.source),
    ExportAllDeclaration: node => checkText(node.source),
    ImportExpression: node => checkText(node.source),
    TSImportType: node => checkText(node.source ?? node.argument?.literal)
  };
}

/** The path of a file from the checkout's folder, with forward slashes. */
export function pathIn(root, file) {
  return relative(root, file).split(sep).join(posix.sep);
}

/** The source that a relative specifier of `path` names: what is compiled to `.js` is written as `.ts`. */
export function targetOf(path, specifier) {
  return posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts');
}
