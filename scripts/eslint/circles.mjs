// The lint rule `launchbook/circles`: no files that import each other in a circle, and no folders of a room that do.
// A circle is told at each import that is a part of it, with the way back.
import { foldersBetween, importGraph, wayBetween } from './import-graph.mjs';
import { pathIn, targetOf, visitImports } from './imports.mjs';

/** The rule, for one checkout folder. */
export function circlesRule(root) {
  return {
    meta: {
      type: 'problem',
      schema: [],
      messages: { circle: '{{what}} import each other in a circle: {{way}}.' }
    },
    create(context) {
      const path = pathIn(root, context.filename);
      const { importers, folderImporters } = importGraph(root);
      const report = (node, what, way) =>
        context.report({ node, messageId: 'circle', data: { what, way: way.join(' → ') } });
      return visitImports(source => {
        if (!source.value.startsWith('.')) {
          return;
        }
        const target = targetOf(path, source.value);
        const way = wayBetween(importers, target, path);
        if (way) {
          report(source, 'Files', [path, ...way]);
        }
        const [from, to] = foldersBetween(path, target) ?? [];
        const folderWay = from && wayBetween(folderImporters, to, from);
        if (folderWay) {
          report(source, 'Folders', [from, ...folderWay]);
        }
      });
    }
  };
}
