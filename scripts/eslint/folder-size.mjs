// The lint rule `launchbook/folder-size`: a folder of a room holds few source files directly, so that it is read at a glance.
import { posix } from 'node:path';
import { importGraph, ROOMS } from './import-graph.mjs';
import { pathIn } from './imports.mjs';

/** Source files that stand directly in one folder, at most. */
export const MOST_FILES = 20;

/** The rule, for one checkout folder. It is told at the files past the limit, in the order of their names. */
export function folderSizeRule(root) {
  return {
    meta: {
      type: 'problem',
      schema: [],
      messages: {
        full: '{{folder}} holds {{count}} source files, at most {{most}} are allowed: divide it by purpose.'
      }
    },
    create(context) {
      const path = pathIn(root, context.filename);
      const folder = posix.dirname(path);
      return {
        Program(node) {
          const files = [...new Set([...filesIn(root, folder), path])].sort();
          if (ROOMS.includes(path.split('/')[0]) && files.indexOf(path) >= MOST_FILES) {
            const data = { folder, count: files.length, most: MOST_FILES };
            context.report({ node, messageId: 'full', data });
          }
        }
      };
    }
  };
}

function filesIn(root, folder) {
  return importGraph(root).folders.get(folder) ?? [];
}
