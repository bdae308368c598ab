// The oldest and the newest Node 24 run the kernel: both from npm, each with a kernelspec of its own, against the conformance tests. The
// command starts in older ones too, and hands on.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { productNode, root, stateFolder } from '../set-up/places.mjs';
import { runCommand } from '../set-up/run-command.mjs';
import { runConformanceTests } from '../test-parts/conformance.mjs';
import { isHeld } from './cases.mjs';

/** What a shell may find first: the oldest that starts this checkout, and the oldest that the npm package is for. */
const OLDER = ['20.19.0', '22.12.0'];

/** Whether a command of each of these runs in the Node that is brought along. */
export async function proveOlderNodes(versions = OLDER) {
  const results = [];
  for (const version of versions) {
    results.push(await isHeld(`the command, started by Node ${version}`, () => handsOn(version)));
  }
  return results.every(Boolean);
}

async function handsOn(version) {
  const words = [join(root, 'lib', 'cli', 'main.js'), 'explain', 'hold.locked'];
  const env = { ...process.env, LAUNCHBOOK_NODE: undefined };
  const { status, stdout, stderr } = spawnSync(nodeIn(await nodeFrom(version)), words, {
    env,
    encoding: 'utf8'
  });
  return status === 0 && stdout.includes('hold.locked') ? [] : [`ended with ${status}: ${stdout}${stderr}`];
}

/** Whether every conformance test passes with each of them; nothing may be skipped. */
export async function proveNodeVersions(versions) {
  const results = [];
  for (const version of versions) {
    const folder = await nodeFrom(version);
    const node = nodeIn(folder);
    const words = [join(root, 'lib', 'cli', 'main.js'), 'install', '--kernel-only', '--prefix', folder];
    await runCommand(`install-${version}`, productNode(), words, {
      env: { ...process.env, LAUNCHBOOK_NODE: node }
    });
    console.log(`\nNode ${version}`);
    const { passed, failed, skipped } = await runConformanceTests(['.'], {
      node,
      data: join(folder, 'share', 'jupyter')
    });
    console.log(`Node ${version}: ${passed} passed, ${failed} failed, ${skipped} skipped`);
    results.push(passed > 0 && failed + skipped === 0);
  }
  return results.every(Boolean);
}

const NODE_PACKAGE = `node-${process.platform}-${process.arch}`;

/** Installs a Node from npm, and returns its folder. */
async function nodeFrom(version) {
  const folder = join(stateFolder, 'shipping', `node-${version}`);
  if (!existsSync(nodeIn(folder))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{}\n');
    const words = ['install', '--ignore-scripts', '--no-audit', '--no-fund', `${NODE_PACKAGE}@${version}`];
    await runCommand(`npm-node-${version}`, 'npm', words, { cwd: folder });
  }
  return folder;
}

function nodeIn(folder) {
  return join(folder, 'node_modules', NODE_PACKAGE, 'bin', 'node');
}
