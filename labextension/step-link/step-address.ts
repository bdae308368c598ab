// The address of a notebook for other people.
import type { JupyterFrontEnd } from '@jupyterlab/application';
import { PageConfig } from '@jupyterlab/coreutils';

/** For others to open: through a hub it leads each person to a server of their own. Where a page has one notebook, that page. */
export function addressOf(app: JupyterFrontEnd, path: string): string {
  const { origin, pathname } = window.location;
  return app.name === 'JupyterLab'
    ? new URL(
        PageConfig.getUrl({ toShare: true, treePath: path, workspace: PageConfig.defaultWorkspace }),
        origin
      ).href
    : origin + pathname;
}
