// What was left out of a wheel although a file of it loads it: imports, `require` and threads by a relative path.
import { readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** At the beginning of a line, where no comment and no text of a cell is. */
const LOADS = [
  /^(?:import|export|\})[^'"\n]*\bfrom *["'](\.[^"'\n]+)["']/gm,
  /^import *["'](\.[^"'\n]+)["']/gm,
  /^(?:const|let|var|\}) [^"'\n]*= *\w*\(?require\(["'](\.[^"'\n]+)["']\)/gm,
  /^__exportStar\(require\(["'](\.[^"'\n]+)["']\)/gm,
  /\bnew URL\(["'](\.[^"'\n]+)["'], import\.meta\.url\)/g
];

const ENDINGS = ['', '.js', '.json', '.cjs', '/index.js'];

/** A line for each module that one of `files`, which lie in `folder`, loads and that is not there. */
export function absentModules(folder, files) {
  return files
    .filter(file => /\.[cm]?js$/.test(file))
    .flatMap(file => {
      const text = readFileSync(join(folder, file), 'utf8');
      const loaded = LOADS.flatMap(words => [...text.matchAll(words)].map(([, path]) => path));
      return [...new Set(loaded)]
        .filter(path => !ENDINGS.some(ending => isThere(resolve(folder, dirname(file), path + ending))))
        .map(path => `${file} loads ${path}, which is absent`);
    });
}

function isThere(path) {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
