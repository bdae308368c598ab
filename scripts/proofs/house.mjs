// Proof of the house: the code base in figures (rooms, circles, sizes), the names that a newcomer finds, the rules that keep it so,
// old journals and archives, and how long the tests take.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../set-up/places.mjs';
import { runJestTests } from '../test-parts/jest.mjs';
import { houseFigures, MOST_FILES, MOST_LINES, MOST_LINES_OF_HALF } from './house-figures.mjs';
import { isClean, proveParts } from './prove-parts.mjs';

/** The planted violations of each rule, the newcomer's questions, and everything that an older version has written. */
const TESTS = ['tests/house/(layers|circles|doc-comments|figures|guess)', 'tests/replay'];

/** Questions whose file must be among the first three guesses. */
const GUESSES_WANTED = 23;

const UNIT_SECONDS = 60;
const ALL_SECONDS = 900;

export function proveHouse() {
  return proveParts({
    'the rooms, and no circle, no upward import, no full folder, no long file': areFiguresKept,
    [`a newcomer finds ${GUESSES_WANTED} of 25 files by their names`]: areFilesFound,
    'the rules catch what is planted; old journals and archives are read': async () =>
      isClean(await runJestTests({ patterns: TESTS, unitOnly: false })),
    'npm run lint': () => run('lint').hasPassed,
    [`npm run test:unit within ${UNIT_SECONDS} s`]: () => isFast('test:unit', UNIT_SECONDS),
    [`npm test within ${ALL_SECONDS} s`]: () => isFast('test', ALL_SECONDS)
  });
}

function areFiguresKept() {
  const { rooms, circles, upward, folders, longest, median } = houseFigures(root);
  console.log(`\n${'room'.padEnd(14)}files  lines without comments and blanks`);
  rooms.forEach(({ room, files, code }) =>
    console.log(`${room.padEnd(14)}${String(files).padStart(5)}${String(code).padStart(7)}`)
  );
  console.log(`circles: ${circles.length}`);
  circles.forEach(way => console.log(`  ${way.join(' → ')}`));
  console.log(`upward imports: ${upward.length}`);
  upward.forEach(reason => console.log(`  ${reason}`));
  console.log(`fullest folders (at most ${MOST_FILES} files):`);
  folders.slice(0, 5).forEach(({ folder, files }) => console.log(`  ${folder}: ${files}`));
  console.log(`longest file: ${longest.lines} lines (at most ${MOST_LINES}), ${longest.path}`);
  console.log(`median: ${median} lines (at most ${MOST_LINES_OF_HALF})`);
  return (
    circles.length === 0 &&
    upward.length === 0 &&
    folders[0].files <= MOST_FILES &&
    longest.lines <= MOST_LINES &&
    median <= MOST_LINES_OF_HALF
  );
}

/** The scorer is a part of the tests, which are compiled. */
async function areFilesFound() {
  const { guess, sourcePaths } = await import(join(root, 'lib', 'tests', 'house', 'guess.js'));
  const questions = JSON.parse(readFileSync(join(root, 'tests', 'house', 'newcomer-questions.json'), 'utf8'));
  const paths = sourcePaths();
  const missed = questions.filter(({ question, file }) => !guess(question, paths).slice(0, 3).includes(file));
  console.log(`\nfound by their names: ${questions.length - missed.length} of ${questions.length}`);
  missed.forEach(({ question, file }) => console.log(`  not found: ${file} (${question})`));
  return questions.length - missed.length >= GUESSES_WANTED;
}

function isFast(script, mostSeconds) {
  const { hasPassed, seconds } = run(script);
  console.log(`npm run ${script}: ${seconds} s, at most ${mostSeconds} s`);
  return hasPassed && seconds <= mostSeconds;
}

function run(script) {
  const startedAt = performance.now();
  const { status } = spawnSync('npm', ['run', '--silent', script], { cwd: root, stdio: 'inherit' });
  return { hasPassed: status === 0, seconds: Math.round((performance.now() - startedAt) / 1000) };
}
