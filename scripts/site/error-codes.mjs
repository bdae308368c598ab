// The codes of errors and findings in the source: every text of two dotted words that is not known as something else. A new code is found
// without being registered anywhere; a dotted word of another kind has to be named here. A code that is put together is refused: nobody
// would find it.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { LAYERS } from '../eslint/layer-table.mjs';

const DOTTED = /^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$/;

/** Dotted words that are no codes: names of files, of symbols and comms, of settings, and what a helper calls itself in its errors. */
const OTHER_WORDS = [
  /\.(yml|yaml|json|jsonl|js|jsx|tsx|css|txt|exe|ipynb|html|md|key)$/,
  /^launchbook\./,
  /^module\.exports$/,
  /^user\.name$/,
  /^article\.run$/,
  /^(shell|iopub)\.execute_\w+$/,
  /^display\.(table|markdown|status|timeline)$/,
  /^(secret\.file|secret\.text|slack\.post|slack\.token|slack\.webhook|splunk\.token|rollback\.run)$/
];

/** The table of what the executor asks of the supervisor: its keys are dotted words too. */
const VERBS = 'run/verbs/verbs.ts';
/** What the supervisor tells the executor. */
const TOLD = ['rollback.undone', 'background.end'];

/** Each code with its places in the source, `path:line`, in the order of the codes. */
export function errorCodes(root) {
  const verbs = new Set([...TOLD, ...keysIn(root, VERBS)]);
  const places = new Map();
  for (const path of sourceFiles(root)) {
    const text = readFileSync(join(root, path), 'utf8');
    for (const { value, start } of codesIn(path, text)) {
      if (!verbs.has(value) && !OTHER_WORDS.some(word => word.test(value))) {
        const line = text.slice(0, start).split('\n').length;
        places.set(value, [...(places.get(value) ?? []), `${path}:${line}`]);
      }
    }
  }
  return new Map([...places].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function sourceFiles(root) {
  const rooms = new Set(LAYERS.map(({ folder }) => folder.split('/')[0]).filter(room => room !== 'examples'));
  return [...rooms].flatMap(room =>
    readdirSync(join(root, room), { recursive: true })
      .filter(name => /\.tsx?$/.test(name))
      .sort()
      .map(name => `${room}/${name}`)
  );
}

function keysIn(root, path) {
  const keys = [];
  walk(parseSync(path, readFileSync(join(root, path), 'utf8')).program, node => {
    if (node.type === 'Property' && node.key.type === 'Literal') {
      keys.push(node.key.value);
    }
  });
  return keys;
}

/** Dotted words among the texts of a file, in its types too. Most files have none, and reading those is what takes time. */
function codesIn(path, text) {
  const found = [];
  if (/['"`][a-z_]+\.[a-z_]+['"`]|code: `/.test(text)) {
    walk(parseSync(path, text).program, node => {
      if (node.type === 'Literal' && DOTTED.test(node.value)) {
        found.push(node);
      } else if (
        node.type === 'Property' &&
        node.key.name === 'code' &&
        node.value.type === 'TemplateLiteral'
      ) {
        throw new Error(
          `${path} puts the code ${text.slice(node.value.start, node.value.end)} together; write it whole.`
        );
      }
    });
  }
  return found;
}

function walk(node, visit) {
  if (Array.isArray(node)) {
    node.forEach(child => walk(child, visit));
  } else if (node !== null && typeof node === 'object') {
    if (typeof node.type === 'string') {
      visit(node);
    }
    Object.values(node).forEach(child => walk(child, visit));
  }
}
