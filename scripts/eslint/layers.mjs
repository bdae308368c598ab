// The lint rule `launchbook/layers`: every import goes along the layer table, and a wrong one is told with what is allowed.
import { dirname, posix, relative, resolve, sep } from 'node:path';
import { layerOf } from './layer-table.mjs';

/** The rule, for one checkout folder. */
export function layersRule(root) {
  return {
    meta: { type: 'problem', schema: [], messages: { wrong: '{{reason}}' } },
    create(context) {
      const path = pathIn(root, context.filename);
      const layer = layerOf(path);
      if (!layer) {
        return {};
      }
      const check = source => {
        const reason =
          typeof source?.value === 'string' ? faultOf(root, path, layer, source.value) : undefined;
        if (reason) {
          context.report({ node: source, messageId: 'wrong', data: { reason } });
        }
      };
      return {
        ImportDeclaration: node => check(node.source),
        ExportNamedDeclaration: node => check(node.source),
        ExportAllDeclaration: node => check(node.source),
        ImportExpression: node => check(node.source),
        TSImportType: node => check(node.source ?? node.argument?.literal)
      };
    }
  };
}

function faultOf(root, path, layer, specifier) {
  if (specifier.startsWith('.')) {
    return layerFault(root, path, layer, specifier);
  }
  return packageFault(path, layer, specifier);
}

function layerFault(root, path, layer, specifier) {
  const target = pathIn(root, resolve(root, dirname(path), specifier));
  const other = layerOf(target);
  if (!other) {
    return `${path} imports ${target}, which belongs to no layer.`;
  }
  if (other === layer || layer.layers.includes(other.folder)) {
    return undefined;
  }
  return `${layer.folder} may not import ${other.folder}; it may import ${listOf(layer.layers)}.`;
}

function packageFault(path, layer, specifier) {
  if (!layer.packages.some(pattern => matches(pattern, specifier))) {
    return `${layer.folder} may not import "${specifier}"; it may import ${listOf(layer.packages)}.`;
  }
  const reserved = Object.entries(layer.reserved ?? {}).find(
    ([name]) => specifier === name || specifier.startsWith(`${name}/`)
  );
  if (reserved && !reserved[1].some(folder => path.startsWith(folder))) {
    return `"${specifier}" may be imported in ${listOf(reserved[1])} only.`;
  }
  return undefined;
}

/** `node:*` is every Node module, `@scope/*` every package of a scope, a plain name that package; deep paths never match a scope. */
function matches(pattern, specifier) {
  if (pattern === 'node:*') {
    return specifier.startsWith('node:');
  }
  if (pattern.endsWith('/*')) {
    return specifier.startsWith(pattern.slice(0, -1)) && specifier.split('/').length === 2;
  }
  return specifier === pattern || specifier.startsWith(`${pattern}/`);
}

function listOf(names) {
  return names.length === 0 ? 'nothing' : names.join(', ');
}

function pathIn(root, file) {
  return relative(root, file).split(sep).join(posix.sep);
}
