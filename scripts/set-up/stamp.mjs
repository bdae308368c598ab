// Decides whether something made from files is stale: a stamp holds the names, sizes and times of the files it was made from.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root, stateFolder } from './places.mjs';

/** Runs `make` when a file under `sources` (files and folders, relative to the checkout) or an output changed or is absent. */
export async function makeWhenStale(name, sources, outputs, make) {
  const stamp = join(stateFolder, 'stamps', name);
  const isThere = existsSync(stamp) && outputs.every(path => existsSync(join(root, path)));
  if (isThere && readFileSync(stamp, 'utf8') === fingerprintOf(sources)) {
    return false;
  }
  rmSync(stamp, { force: true });
  const before = fingerprintOf(sources);
  await make();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, before);
  return true;
}

function fingerprintOf(sources) {
  const hash = createHash('sha256');
  for (const file of sources.flatMap(path => filesUnder(join(root, path))).sort()) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${relative(root, file)}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function filesUnder(path) {
  if (!existsSync(path)) {
    return [];
  }
  if (statSync(path).isFile()) {
    return [path];
  }
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && !/node_modules|__pycache__|\.ipynb_checkpoints/.test(entry.parentPath))
    .map(entry => join(entry.parentPath, entry.name));
}
