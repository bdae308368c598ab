// The command line of `npm run bench:lab`: sets up, measures the variants in turns, prints the table and writes the result.
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { buildProduct } from '../../scripts/set-up/build-product.mjs';
import { findChromium } from '../../scripts/set-up/find-chromium.mjs';
import { installNpmDependencies } from '../../scripts/set-up/npm-dependencies.mjs';
import { root } from '../../scripts/set-up/places.mjs';
import { checkPrerequisites } from '../../scripts/set-up/prerequisites.mjs';
import { orExplain } from '../../scripts/set-up/set-up-fault.mjs';
import { benchFolder, resultsFolder } from '../place.mjs';
import { machine, writeResult } from '../results.mjs';
import { tableOf } from '../table.mjs';
import { judgeLab } from './judge-lab.mjs';
import { measureOpenings } from './openings.mjs';
import { measureRuns } from './runs.mjs';
import { writeNotebooks } from './notebooks.mjs';
import { OURS, PLAIN, prepareVariants } from './variants.mjs';

const FULL = { cells: 1000, runs: 240, rounds: 3 };
const QUICK = { cells: 200, runs: 60, rounds: 1 };
/** The notebook is there within a second, which differs more from one round to the next than the minute until every cell is drawn. */
const REVEALS_PER_ROUND = 4;
/** Plain once more: what it differs from plain is what the measurement cannot tell. */
const CONTROL = 'plain again';
const BROWSER_OPTIONS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--enable-precise-memory-info'
];

const HELP = `Usage: npm run bench:lab [-- [--quick] [--rounds N] [--cells N] [--only VARIANT]... [--opening] [--reference]]

Opens and runs long notebooks in JupyterLab: plain, with jupyterlab-execute-time, with jupyterlab-notify, with Launchbook.
Prints a table and writes JSON to bench/results/. What is missing is installed first, into .launchbook/bench/lab/.

Options:
  --quick         ${QUICK.cells} cells, ${QUICK.runs} of them run, one round: about two minutes instead of fifteen
  --rounds N      rounds; the variants take turns in each (${FULL.rounds})
  --cells N       cells of the notebook that is opened (${FULL.cells})
  --only VARIANT  measure this alone; may be repeated (plain, execute-time, notify, launchbook)
  --opening       measure the opening alone, with a second plain JupyterLab beside it: what these two differ is the noise
  --reference     write the result to bench/results/lab-reference.json (with --opening: lab-opening-reference.json), which is committed

Example:
  npm run bench:lab -- --quick`;

/** Runs the command line. */
export async function benchLab(args) {
  await orExplain('bench:lab', async () => {
    const { values } = parseArgs({
      args,
      options: {
        quick: { type: 'boolean', default: false },
        rounds: { type: 'string' },
        cells: { type: 'string' },
        only: { type: 'string', multiple: true },
        opening: { type: 'boolean', default: false },
        reference: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false }
      }
    });
    if (values.help) {
      console.log(HELP);
      return;
    }
    const size = values.quick ? QUICK : FULL;
    await compareLabs({
      ...size,
      rounds: Number(values.rounds ?? size.rounds),
      cells: Number(values.cells ?? size.cells),
      only: values.only,
      isOpeningAlone: values.opening,
      isReference: values.reference
    });
  });
}

/** Measures, prints and writes; resolves with the rows. */
export async function compareLabs({
  cells,
  runs,
  rounds,
  openingRounds = rounds,
  only,
  isOpeningAlone = false,
  isReference = false
}) {
  const python = checkPrerequisites();
  await installNpmDependencies();
  await buildProduct();
  const all = await prepareVariants(python);
  const variants = only ? all.filter(({ name }) => only.includes(name)) : all;
  const before = machine();
  const folder = join(benchFolder, 'lab', 'work');
  // Only now: in a fresh clone the lines above have installed it.
  const { chromium } = await import('@playwright/test');
  const options = { executablePath: await findChromium(), args: BROWSER_OPTIONS };
  const values = {};
  const add = (name, measured) => {
    values[name] ??= {};
    for (const [figure, value] of Object.entries(measured)) {
      (values[name][figure] ??= []).push(value);
    }
  };
  const startBrowser = async () => {
    const program = await chromium.launchServer(options);
    return { program, browser: await chromium.connect(program.wsEndpoint()) };
  };
  const opened = isOpeningAlone ? withControl(variants) : variants;
  for (let round = 0; round < openingRounds; round++) {
    for (let reveal = 0; reveal <= REVEALS_PER_ROUND; reveal++) {
      const isRevealAlone = reveal < REVEALS_PER_ROUND;
      const upTo = isRevealAlone ? 'revealed' : 'every cell is drawn';
      console.error(`… round ${round + 1} of ${openingRounds}: opening until ${upTo}, all in turns`);
      rmSync(folder, { recursive: true, force: true });
      const order = rotated(opened, round + reveal);
      const measured = await measureOpenings(startBrowser, order, folder, { cells, isRevealAlone });
      Object.entries(measured).forEach(([name, figures]) => add(name, figures));
    }
  }
  if (!isOpeningAlone) {
    const browser = await chromium.launch(options);
    try {
      for (let round = 0; round < rounds; round++) {
        for (const variant of rotated(variants, round)) {
          console.error(`… round ${round + 1} of ${rounds}: running, ${variant.name}`);
          rmSync(folder, { recursive: true, force: true });
          writeNotebooks(folder, { cells, runs });
          add(variant.name, await measureRuns(browser, variant, folder, { isProfiled: round === 0 }));
        }
      }
    } finally {
      await browser.close();
    }
  }
  if (values[OURS] && !isOpeningAlone) {
    values[OURS].bundle = [bundleKilobytes()];
  }
  const kind = isOpeningAlone ? 'lab-opening' : 'lab';
  return conclude({ values, variants: opened, before, size: { cells, runs, rounds }, kind, isReference });
}

function rotated(list, by) {
  const first = by % list.length;
  return [...list.slice(first), ...list.slice(0, first)];
}

function withControl(variants) {
  const plain = variants.find(({ name }) => name === PLAIN);
  return plain ? [...variants, { ...plain, name: CONTROL }] : variants;
}

/** The short form: enough to see that it works, on any machine. */
export function compareLabsQuickly() {
  return compareLabs(QUICK);
}

/** At full length, with nine pairs of runs beside jupyterlab-execute-time; of the openings, which take most of the time, each round has several. */
export function compareLabsFully() {
  return compareLabs({
    ...FULL,
    rounds: 9,
    openingRounds: FULL.rounds,
    only: [PLAIN, 'execute-time', OURS]
  });
}

/** Of what every page loads: the entry, and what the entry names. */
function bundleKilobytes() {
  const folder = join(root, 'launchbook', 'labextension', 'static');
  const scripts = readdirSync(folder).filter(name => name.endsWith('.js'));
  const entry = scripts.find(name => name.startsWith('remoteEntry'));
  const first = [...readFileSync(join(folder, entry), 'utf8').matchAll(/\.e\((\d+)\)/g)].map(
    ([, id]) => `${id}.`
  );
  const loaded = scripts.filter(name => name === entry || first.some(id => name.startsWith(id)));
  return loaded.reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name))).length, 0) / 1000;
}

function conclude({ values, variants, before, size, kind, isReference }) {
  const columns = variants.map(({ name }) => name);
  const isMeasured = row => Object.values(row.results).some(result => result.samples > 0);
  const rows = judgeLab(values, columns).filter(row => kind === 'lab' || isMeasured(row));
  console.log(tableOf(rows, columns).join('\n'));
  const judged = rows.filter(row => row.target !== null);
  const met = judged.filter(row => row.target.met).length;
  const measuredAt = new Date().toISOString();
  const file = join(
    resultsFolder,
    `${kind}-${isReference ? 'reference' : measuredAt.replaceAll(/[:.]/g, '-')}.json`
  );
  writeResult(file, { measuredAt, machine: before, size, variants: columns, figures: rows });
  console.log(`\n${met} of ${judged.length} targets met. Written to ${relative(root, file)}.`);
  return rows;
}
