// The JupyterLab of an environment asks nothing on its first page: a question about Jupyter's news would cover the hold point's buttons.
// A person's own settings come first.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export function quietJupyterLab(environment) {
  const folder = join(environment, 'share', 'jupyter', 'lab', 'settings');
  const overrides = {
    '@jupyterlab/apputils-extension:notification': { fetchNews: 'false', checkForUpdates: false }
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'overrides.json'), `${JSON.stringify(overrides, null, 2)}\n`);
}
