// The command line of `npm start`, with its two ways to go on: until Ctrl-C, or a check that ends by itself.
import { rmSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { productNode, root, stateFolder } from '../set-up/places.mjs';
import { checkPort } from '../set-up/prerequisites.mjs';
import { withProgress } from '../set-up/progress.mjs';
import { orExplain, SetUpFault } from '../set-up/set-up-fault.mjs';
import { launch, setUp } from './launch.mjs';
import { openBrowser } from './open-browser.mjs';
import { findExample } from './open-notebook.mjs';

const HELP = `Usage: npm start [-- [options] [notebook]]

Installs what is missing, builds what is stale, starts the example fleet, makes a fresh run of examples/release.ipynb
and opens JupyterLab on it. Ctrl-C ends everything.

Arguments:
  notebook       another notebook: a template becomes a fresh run, a run is opened as it is

Options:
  --example NAME  another example: first-steps, database-migration, many-services, incident-rollback
  --port PORT     the port of JupyterLab (default: any free one)
  --no-browser    only print the address
  --check         run the first code cell without a browser, print "launchbook ok URL SECONDS", end
  --help          this text

Examples:
  npm start
  npm start -- --example first-steps
  npm start -- --no-browser --port 8890
  npm start -- --check
  npm start -- examples/runs/2.4.0-staging/release.ipynb`;

const OPTIONS = {
  example: { type: 'string' },
  port: { type: 'string' },
  'no-browser': { type: 'boolean', default: false },
  check: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false }
};

export async function start(args) {
  await orExplain('start', async () => {
    const { values, positionals } = readArguments(args);
    if (values.help) {
      console.log(HELP);
      return;
    }
    const startedAt = Date.now();
    const port = values.port === undefined ? 0 : await checkPort(portOf(values.port));
    const notebook = values.example === undefined ? positionals[0] : findExample(values.example);
    await setUp();
    await (values.check ? check(notebook, port, startedAt) : serve(notebook, port, !values['no-browser']));
  });
}

async function serve(notebook, port, opensBrowser) {
  const interrupted = Promise.race(
    ['SIGINT', 'SIGTERM', 'SIGHUP'].map(name => once(process, name).then(() => undefined))
  );
  const product = await launch({ notebook, port });
  console.error(`The run, as commands take it here: ${relative(process.cwd(), product.notebook.path)}`);
  const { FLEET_STATE } = product.environment;
  console.error(
    `For fleetctl in another terminal: FLEET_STATE=${FLEET_STATE} ${join('examples', 'fleet', 'bin', 'fleetctl')} status`
  );
  console.error('Ctrl-C ends JupyterLab, its kernels and the example fleet.');
  console.log(product.page);
  if (opensBrowser) {
    openBrowser(product.page);
  }
  const fault = await Promise.race([product.ended, interrupted]);
  await withProgress('Ending JupyterLab and the example fleet', product.stop);
  if (fault) {
    throw new SetUpFault(fault);
  }
}

async function check(notebook, port, startedAt) {
  const name = `check-${process.pid}`;
  const product = await launch({ notebook, port, name, runName: name });
  try {
    await withProgress('Running the first code cell', () => runFirstCell(product));
  } finally {
    await product.stop();
  }
  rmSync(join(stateFolder, name), { recursive: true, force: true });
  if (product.notebook.path !== notebook && product.notebook.path.includes(name)) {
    rmSync(dirname(product.notebook.path), { recursive: true, force: true });
  }
  console.log(`launchbook ok ${product.url} ${((Date.now() - startedAt) / 1000).toFixed(1)}`);
}

async function runFirstCell({ url, token, notebook }) {
  const script = join(root, 'scripts', 'serve', 'run-first-cell.mjs');
  const child = spawn(productNode(), [script], { stdio: ['pipe', 'inherit', 'inherit'] });
  child.stdin.end(JSON.stringify({ url, token, path: notebook.shown, file: notebook.path }));
  const [code] = await once(child, 'exit');
  if (code !== 0) {
    throw new SetUpFault('The check failed: the first code cell did not run.', 'The reason stands above.');
  }
}

function readArguments(args) {
  try {
    const read = parseArgs({ args, options: OPTIONS, allowPositionals: true });
    if (read.positionals.length > 1) {
      throw new Error(`expected one notebook, seen ${read.positionals.length}`);
    }
    if (read.values.example !== undefined && read.positionals.length > 0) {
      throw new Error('expected --example or a notebook, not both');
    }
    return read;
  } catch (error) {
    throw new SetUpFault(error.message, 'Its options and examples: npm start -- --help');
  }
}

function portOf(text) {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new SetUpFault(`--port is "${text}": expected a whole number from 1 to 65535.`);
  }
  return port;
}
