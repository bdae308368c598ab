// The oldest and the newest Node 24 run the kernel: both from npm, each with a kernelspec of its own, against the conformance tests.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { productNode, root, stateFolder } from '../set-up/places.mjs';
import { runCommand } from '../set-up/run-command.mjs';
import { runConformanceTests } from '../test-parts/conformance.mjs';

/** 24.0.0 is what npm has for Apple's processors. */
const VERSIONS = ['24.0.0', '24.22.3'];

/** Whether every conformance test passes with each of them; nothing may be skipped. */
export async function proveNodeVersions(versions = VERSIONS) {
  const results = [];
  for (const version of versions) {
    const folder = await nodeFrom(version);
    const node = join(folder, 'node_modules', NODE_PACKAGE, 'bin', 'node');
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
  if (!existsSync(join(folder, 'node_modules', NODE_PACKAGE, 'bin', 'node'))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{}\n');
    const words = ['install', '--ignore-scripts', '--no-audit', '--no-fund', `${NODE_PACKAGE}@${version}`];
    await runCommand(`npm-node-${version}`, 'npm', words, { cwd: folder });
  }
  return folder;
}
