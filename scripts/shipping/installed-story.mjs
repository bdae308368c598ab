// The story of a run with an installation of the wheel, wherever its programs lie and whoever may only read it.
import { findChromium } from '../set-up/find-chromium.mjs';
import { archive, makeRun } from './repository.mjs';
import { startJupyter } from './server.mjs';
import { openBrowser, tellStory } from './story.mjs';

/**
 * Makes a repository in `folder` with the command in `bin`, brings its run to the end in JupyterLab, archives and verifies it. `uid`:
 * the user who does it; root alone can be another one. Throws when something does not go on.
 */
export async function tellInstalledStory({ bin, python, folder, env, uid }) {
  const as = uid === undefined ? [] : ['setpriv', '--reuid', String(uid), '--clear-groups', '--'];
  const run = makeRun(bin, folder, env, { uid });
  const server = await startJupyter({ python, folder, env, as });
  const browser = await openBrowser(await findChromium());
  try {
    await tellStory(browser, server.at(run));
  } finally {
    await browser.close();
    await server.stop();
  }
  archive(bin, run, { cwd: folder, env, uid });
}
