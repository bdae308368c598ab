// The command line of `npm run bench`: sets up, measures, judges, prints the table and writes the result.
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { buildProduct } from '../scripts/set-up/build-product.mjs';
import { installNpmDependencies } from '../scripts/set-up/npm-dependencies.mjs';
import { root } from '../scripts/set-up/places.mjs';
import { checkPrerequisites } from '../scripts/set-up/prerequisites.mjs';
import { orExplain, SetUpFault } from '../scripts/set-up/set-up-fault.mjs';
import { SCENARIOS } from './figures.mjs';
import { judge, SUBJECT } from './judge.mjs';
import { ownKernel, variantsOf } from './kernels/launchbook.mjs';
import { PEER_NAMES, preparePeers } from './kernels/peers.mjs';
import { measure } from './measure.mjs';
import { resultsFolder } from './place.mjs';
import { makeBenchEnvironment } from './python-environment.mjs';
import { machine, writeResult } from './results.mjs';
import { tableOf } from './table.mjs';
import { TARGETS } from './targets.mjs';

const QUIET_LOAD = 0.5;

const HELP = `Usage: npm run bench [-- [--only SCENARIO]... [--kernel NAME]... [--quick] [--reference]]

Measures our kernel and its peers side by side through the same client, prints a table and writes JSON to bench/results/.
What is missing is installed first. A peer that cannot be installed is reported.

Options:
  --only SCENARIO   measure this alone; may be repeated
  --kernel NAME     measure beside this peer alone; may be repeated (${PEER_NAMES.join(', ')})
  --quick           a third of the repetitions, and no notebook of 1,000 cells
  --reference       write the result to bench/results/reference.json, which is committed

Scenarios:
${Object.entries(SCENARIOS)
  .map(([name, text]) => `  ${name.padEnd(17)} ${text}`)
  .join('\n')}

Examples:
  npm run bench
  npm run bench -- --quick --only trivial --only start`;

export async function bench(args) {
  await orExplain('bench', async () => {
    const options = readOptions(args);
    if (options.help) {
      console.log(HELP);
      return;
    }
    await measureAll(options);
  });
}

/** The short form, beside the peers that targets name. Prints the table and resolves with its rows. */
export function benchShortForm() {
  const kernels = PEER_NAMES.filter(name => TARGETS.some(({ of }) => of === name));
  return measureAll({ scenarios: Object.keys(SCENARIOS), kernels, isQuick: true, isReference: false });
}

/** Chains of types at full length, beside the peers that check types. Prints the table and resolves with its rows. */
export function benchChains() {
  return measureAll({ scenarios: ['chains'], kernels: ['deno'], isQuick: false, isReference: false });
}

async function measureAll(options) {
  const kernels = await prepare(options.kernels);
  const before = machine();
  if (before.load > QUIET_LOAD) {
    console.error(`The machine is busy (load ${before.load}); the figures will be noisy.`);
  }
  const present = kernels.filter(kernel => kernel.plan);
  const plan = {
    scenarios: options.scenarios,
    isQuick: options.isQuick,
    kernels: present.map(kernel => kernel.plan),
    variants: variantsOf(kernels[0])
  };
  const measured = await measure(plan, showProgress());
  return conclude({ options, kernels, before, measured });
}

function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string', multiple: true, default: Object.keys(SCENARIOS) },
      kernel: { type: 'string', multiple: true, default: PEER_NAMES },
      quick: { type: 'boolean', default: false },
      reference: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false }
    }
  });
  checkNames('--only', values.only, Object.keys(SCENARIOS));
  checkNames('--kernel', values.kernel, PEER_NAMES);
  return {
    scenarios: Object.keys(SCENARIOS).filter(name => values.only.includes(name)),
    kernels: PEER_NAMES.filter(name => values.kernel.includes(name)),
    isQuick: values.quick,
    isReference: values.reference,
    help: values.help
  };
}

function checkNames(option, seen, known) {
  const unknown = seen.filter(name => !known.includes(name));
  if (unknown.length > 0) {
    throw new SetUpFault(`${option} is "${unknown.join('", "')}".`, `Expected one of: ${known.join(', ')}.`);
  }
}

async function prepare(peers) {
  const python = checkPrerequisites();
  await installNpmDependencies();
  await buildProduct();
  await makeBenchEnvironment(python);
  return [await ownKernel(), ...(await preparePeers(peers))];
}

/** On a terminal one line that changes, elsewhere a line a scenario. */
function showProgress() {
  if (process.stderr.isTTY) {
    process.on('exit', () => process.stderr.write('\r\x1b[2K'));
    return text => process.stderr.write(`\r\x1b[2K${text}`);
  }
  return text => text in SCENARIOS && console.error(`… ${text}: ${SCENARIOS[text]}`);
}

function conclude({ options, kernels, before, measured }) {
  const columns = kernels.map(({ name }) => name);
  const rows = judge(measured, options.scenarios, columns);
  console.log(tableOf(rows, columns).join('\n'));
  kernels
    .filter(({ unavailable }) => unavailable)
    .forEach(({ name, unavailable }) => console.log(`${name}: ${unavailable}`));
  const judged = rows.filter(row => row.target !== null);
  const met = judged.filter(row => row.target.met).length;
  const result = {
    measuredAt: new Date().toISOString(),
    machine: before,
    isQuick: options.isQuick,
    kernels: kernels.map(({ name, version, unavailable }) => ({ name, version, unavailable })),
    figures: rows
  };
  const name = options.isReference ? 'reference' : result.measuredAt.replaceAll(/[:.]/g, '-');
  const file = join(resultsFolder, `${name}.json`);
  writeResult(file, result);
  console.log(`\n${met} of ${judged.length} targets of ${SUBJECT} met. Written to ${relative(root, file)}.`);
  return rows;
}
