// Everything that tests and proofs need: packages, Python environments, what is built, a JupyterLab that has it, an SSH server.
import { buildProduct, installIntoJupyter } from './build-product.mjs';
import { findSshd } from './find-sshd.mjs';
import { installNpmDependencies } from './npm-dependencies.mjs';
import { collaborationFolder } from './places.mjs';
import { checkPrerequisites } from './prerequisites.mjs';
import { makePythonEnvironment } from './python-environment.mjs';

/** Installs what is missing and builds what is stale. `forBrowser`: also the second JupyterLab, whose documents are shared. */
export async function prepareTests({ forBrowser }) {
  const python = checkPrerequisites();
  await installNpmDependencies();
  await makePythonEnvironment(python, 'python-requirements');
  await makePythonEnvironment(python, 'python-test-requirements');
  await buildProduct({ tests: true });
  await installIntoJupyter();
  process.env.LAUNCHBOOK_SSHD = await findSshd();
  if (forBrowser) {
    await makePythonEnvironment(python, 'python-collaboration-requirements', collaborationFolder);
    await installIntoJupyter(collaborationFolder);
  }
}
