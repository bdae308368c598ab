// The lint rule `launchbook/layers`: every import goes along the layer table, and a wrong one is told with what is allowed.
import { pathIn, targetOf, visitImports } from './imports.mjs';
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
      return visitImports(source => {
        const reason = source.value.startsWith('.')
          ? layerFault(path, targetOf(path, source.value))
          : packageFault(path, layer, source.value);
        if (reason) {
          context.report({ node: source, messageId: 'wrong', data: { reason } });
        }
      });
    }
  };
}

/** What is wrong with an import of the file `target` in the file `path`, or undefined. */
export function layerFault(path, target) {
  const layer = layerOf(path);
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
