// The code base in figures: what HOUSE rules ask of rooms, folders and files, read from the import graph.
import { circlesIn, importGraph, ROOMS } from '../eslint/import-graph.mjs';
import { MOST_FILES } from '../eslint/folder-size.mjs';
import { layerFault } from '../eslint/layers.mjs';

export { MOST_FILES };

/** Lines of a file at most; the lint rule max-lines says the same. */
export const MOST_LINES = 400;

/** Half of the files have this many lines at most. */
export const MOST_LINES_OF_HALF = 60;

/** Everything that the proof shows, for one checkout folder. Lines are counted as an editor does, comments and blank lines included. */
export function houseFigures(root) {
  const { importers, folderImporters, folders, texts } = importGraph(root);
  const files = [...texts].filter(([path]) => isInRoom(path));
  const lengths = files
    .map(([path, text]) => ({ path, lines: text.split('\n').length - 1 }))
    .sort((one, other) => one.lines - other.lines);
  return {
    rooms: ROOMS.map(room => {
      const own = files.filter(([path]) => path.startsWith(`${room}/`));
      return { room, files: own.length, code: own.reduce((sum, [, text]) => sum + codeLines(text), 0) };
    }),
    circles: [...circlesIn(importers), ...circlesIn(folderImporters)],
    upward: [...importers].flatMap(([target, from]) =>
      [...from].flatMap(path => (isInRoom(path) && layerFault(path, target)) || [])
    ),
    folders: [...folders]
      .filter(([folder]) => isInRoom(`${folder}/`))
      .map(([folder, own]) => ({ folder, files: own.size }))
      .sort((one, other) => other.files - one.files),
    longest: lengths.at(-1),
    median: lengths[Math.floor(lengths.length / 2)].lines
  };
}

function isInRoom(path) {
  return ROOMS.includes(path.split('/')[0]);
}

/** Lines without comments and blank ones. */
function codeLines(text) {
  const lines = text.replace(/\/\*[\s\S]*?\*\//g, '').split('\n');
  return lines.filter(line => line.trim() !== '' && !line.trim().startsWith('//')).length;
}
