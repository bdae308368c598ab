// Everything that tests and proofs need: packages, Python environments, what is built, a JupyterLab that has it, an SSH server.
import { buildProduct, installIntoJupyter } from './build-product.mjs';
import { findChromium } from './find-chromium.mjs';
import { findSshd } from './find-sshd.mjs';
import { installNpmDependencies } from './npm-dependencies.mjs';
import { collaborationFolder } from './places.mjs';
import { checkPrerequisites } from './prerequisites.mjs';
import { makePythonEnvironment } from './python-environment.mjs';

/** Installs what is missing and builds what is stale, side by side. `forBrowser`: also Chromium and the second JupyterLab, whose documents are shared. */
export async function prepareTests({ forBrowser }) {
  const python = checkPrerequisites();
  await installNpmDependencies();
  await Promise.all([
    installForJupyter(python),
    buildProduct({ tests: true }),
    installPackages(forBrowser),
    forBrowser && makePythonEnvironment(python, 'python-collaboration-requirements', collaborationFolder)
  ]);
  await installIntoJupyter();
  if (forBrowser) {
    await installIntoJupyter(collaborationFolder);
  }
}

async function installForJupyter(python) {
  await makePythonEnvironment(python, 'python-requirements');
  await makePythonEnvironment(python, 'python-test-requirements');
}

/** One after the other: apt-get runs once at a time. */
async function installPackages(forBrowser) {
  process.env.LAUNCHBOOK_SSHD = await findSshd();
  if (forBrowser) {
    process.env.LAUNCHBOOK_CHROMIUM = await findChromium();
  }
}
