// The import graph of the checkout, read once and shared by the lint rules and the proof of the house. Imports of types count.
// Trick: imports are found by a pattern and not by a parser, which keeps the lint fast; a text that looks like one counts too.
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { targetOf } from './imports.mjs';

/** The rooms of the product, from the roof to the ground. */
export const ROOMS = ['cli', 'kernel', 'run', 'lifecycle', 'record', 'labextension', 'runbook', 'contract'];

/** What stands beside the rooms and is linted too. */
const BESIDE = ['examples', 'scripts', 'bench', 'tests'];

const IMPORT = /(?:\bfrom\s+|\bimport\(\s*|\bimport\s+)(['"])(\.[^'"\n]+)\1/g;

const graphs = new Map();

/**
 * The graph of one checkout folder, read at the first call: `texts` by file, `importers` of each file, `folderImporters` of each
 * folder of a room, and the files directly in each of the `folders`. Files are paths from the checkout's folder with forward slashes.
 */
export function importGraph(root) {
  if (!graphs.has(root)) {
    graphs.set(root, readGraph(root));
  }
  return graphs.get(root);
}

function readGraph(root) {
  const files = [...ROOMS, ...BESIDE].flatMap(folder => sourcesIn(root, folder));
  const texts = new Map(files.map(file => [file, readFileSync(join(root, file), 'utf8')]));
  const importers = new Map();
  const folderImporters = new Map();
  const folders = new Map();
  for (const [file, text] of texts) {
    add(folders, posix.dirname(file), file);
    for (const [, , specifier] of text.matchAll(IMPORT)) {
      const target = targetOf(file, specifier);
      if (texts.has(target)) {
        add(importers, target, file);
        const [from, to] = foldersBetween(file, target) ?? [];
        if (from) {
          add(folderImporters, to, from);
        }
      }
    }
  }
  return { texts, importers, folderImporters, folders };
}

/** The two folders when an import leads from one folder of a room to another; files directly in a room form no folder. */
export function foldersBetween(file, target) {
  const [from, to] = [posix.dirname(file), posix.dirname(target)];
  const room = file.split('/')[0];
  return from !== to && ROOMS.includes(room) && target.startsWith(`${room}/`) && from !== room && to !== room
    ? [from, to]
    : undefined;
}

/** The shortest way from `start` along imports to `end`, both included; undefined when there is none. */
export function wayBetween(importers, start, end) {
  const nextStep = stepsTowards(importers, end);
  if (start !== end && !nextStep.has(start)) {
    return undefined;
  }
  const way = [start];
  while (way.at(-1) !== end) {
    way.push(nextStep.get(way.at(-1)));
  }
  return way;
}

const steps = new WeakMap();

/** For everything that reaches `end`: its next step on the way there. Kept for the last `end`, which a file asks for at every import. */
function stepsTowards(importers, end) {
  const last = steps.get(importers);
  if (last?.end === end) {
    return last.nextStep;
  }
  const nextStep = new Map();
  const queue = [end];
  for (const node of queue) {
    for (const importer of importers.get(node) ?? []) {
      if (importer !== end && !nextStep.has(importer)) {
        nextStep.set(importer, node);
        queue.push(importer);
      }
    }
  }
  steps.set(importers, { end, nextStep });
  return nextStep;
}

/** Every circle of a graph once, as the nodes on one way around. */
export function circlesIn(importers) {
  const circles = new Map();
  for (const [target, files] of importers) {
    for (const file of files) {
      const way = wayBetween(importers, target, file);
      if (way) {
        circles.set([...way].sort().join(' '), way);
      }
    }
  }
  return [...circles.values()];
}

function add(map, key, value) {
  if (!map.has(key)) {
    map.set(key, new Set());
  }
  map.get(key).add(value);
}

/** Sources below a folder, in the order of their names; nothing when there is no such folder. */
function sourcesIn(root, folder) {
  let entries;
  try {
    entries = readdirSync(join(root, folder), { withFileTypes: true });
  } catch {
    return [];
  }
  return entries.flatMap(entry => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      return entry.name === 'node_modules' ? [] : sourcesIn(root, path);
    }
    return /(?<!\.d)\.(ts|mjs)$/.test(entry.name) ? [path] : [];
  });
}
