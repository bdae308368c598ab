// The story of a run in each JupyterLab and Notebook that the wheel is for, and what the page says to its console beside the same page
// without the extension.
import { join } from 'node:path';
import { findChromium } from '../set-up/find-chromium.mjs';
import { inTemporaryFolder, isHeld } from './cases.mjs';
import { messagesBeside } from './console-messages.mjs';
import { shippedEnvironment } from './environments.mjs';
import { archive, makeRun } from './repository.mjs';
import { environmentOf, startJupyter } from './server.mjs';
import { openBrowser, openPage, tellStory } from './story.mjs';

const APPLICATIONS = ['jupyterlab', 'notebook'];

/** Whether the story goes to its end in each of these environments, without a message of ours. Prints a line for each. */
export async function proveBrowsers(names) {
  const results = [];
  for (const name of names) {
    const environment = await shippedEnvironment(name);
    for (const application of APPLICATIONS) {
      results.push(await isHeld(`${application} of ${name}`, () => storyIn(environment, application)));
    }
  }
  return results.every(Boolean);
}

/** Tells the story once; resolves with the faults. */
export async function storyIn(environment, application) {
  return await inTemporaryFolder(async folder => {
    const bin = join(environment, 'bin');
    const repository = join(folder, 'repository');
    const env = environmentOf(environment, join(folder, 'home'));
    const run = makeRun(bin, repository, env);
    const served = { python: join(bin, 'python'), application, folder: repository, env };
    const plain = await visit({ ...served, args: WITHOUT_EXTENSION }, run, async (browser, url) => {
      const { page, said } = await openPage(browser, url);
      await page.context().close();
      return said;
    });
    const said = await visit(served, run, tellStory);
    archive(bin, run, { cwd: repository, env });
    return messagesBeside(plain, said);
  });
}

/** Where an extension is switched off, its settings are read all the same; so none is looked for. */
const WITHOUT_EXTENSION = ['--LabApp.labextensions_path=[]', '--JupyterNotebookApp.labextensions_path=[]'];

/** Calls `act` with a browser and the address of the run. */
export async function visit(served, run, act) {
  const server = await startJupyter(served);
  const browser = await openBrowser(await findChromium());
  try {
    return await act(browser, server.at(run));
  } finally {
    await browser.close();
    await server.stop();
  }
}
