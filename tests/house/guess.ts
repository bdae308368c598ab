// A newcomer's guess: which file answers "where would I change X?", told by the words of the question and of the paths alone.
// A word that few paths have says more than one that many have (inverse document frequency); longer paths count a little less.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.js';

/** The rooms whose files are guessed. */
const ROOMS = ['cli', 'kernel', 'run', 'lifecycle', 'record', 'labextension', 'runbook', 'contract'];

/** The product's name, what every question asks, and the little words of English. */
const STOP_WORDS = new Set(
  (
    'launchbook where would change ' +
    'a about above after again all also an and any are as at be because been before being below between both but by can ' +
    'did do does doing down during each few for from further had has have having he her here him his how i if in into is ' +
    'it its itself just me more most my no nor not now of off on once only or other our out over own same she should so ' +
    'some such than that the their them then there these they this those through to too under until up very was we were ' +
    'what when which while who whom why will with you your'
  ).split(' ')
);

/** All source files of the rooms. */
export function sourcePaths(): string[] {
  return ROOMS.flatMap(room =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter(file => /(?<!\.d)\.ts$/.test(file))
      .map(file => `${room}/${file.replaceAll('\\', '/')}`)
  );
}

/** The paths, the best guess first. */
export function guess(question: string, paths: readonly string[]): string[] {
  const words = paths.map(path => new Set(wordsOf(path.replace(/\.ts$/, ''))));
  const asked = new Set(withPairs(wordsOf(question)));
  const rarity = (word: string): number => Math.log(paths.length / words.filter(has => has.has(word)).length);
  const score = (index: number): number =>
    [...words[index]!].filter(word => asked.has(word)).reduce((sum, word) => sum + rarity(word), 0) /
    Math.sqrt(words[index]!.size);
  const scores = new Map(paths.map((path, index) => [path, score(index)]));
  return [...paths].sort((one, other) => scores.get(other)! - scores.get(one)! || (one < other ? -1 : 1));
}

/** Stems of the words of a text; `camelCase` and `kebab-case` are several words. */
function wordsOf(text: string): string[] {
  return text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(word => word.length > 1 && !STOP_WORDS.has(word))
    .map(stem);
}

/** The words, and neighbours as one word: what is asked as "roll back" is named `rollback`. */
function withPairs(words: readonly string[]): string[] {
  return [...words, ...words.slice(1).map((word, index) => words[index]! + word)];
}

/** Endings, the first that fits is cut off. What is left keeps a vowel and three letters at least. */
const ENDINGS = [
  'ications',
  'ication',
  'ations',
  'ation',
  'ments',
  'ment',
  'ions',
  'ion',
  'ings',
  'ing',
  'als',
  'al',
  'ers',
  'er',
  'ors',
  'or',
  'ies',
  'ed',
  'es',
  'ly',
  's',
  'y',
  'e'
];

/** A word without its ending, after Porter: `resolver`, `resolves` and `resolving` are one word. */
export function stem(word: string): string {
  const ending = ENDINGS.find(
    end => word.endsWith(end) && word.length - end.length >= 3 && /[aeiouy]/.test(word.slice(0, -end.length))
  );
  return ending === undefined
    ? word
    : word
        .slice(0, -ending.length)
        .replace(/([bdfgmnprt])\1$/, '$1')
        .replace(/(?<=..[^aeiou])[ie]$/, '');
}
