// The address of a step in JupyterLab, which scrolls to the cell that the fragment names.
import { fragmentOfStep } from './step-link.js';

/**
 * The address of a notebook, at a step of it.
 *
 * @param folder - Address of a folder in JupyterLab, for example `https://hub.example/hub/user-redirect/lab/tree/releases`.
 * @param path - The notebook's path below that folder.
 * @param step - Id of the cell; null for the notebook as a whole.
 * @example
 * stepAddress('https://lab.example/lab/tree', 'runs/2.4.0 live/release.ipynb', 'a1b2')
 * // 'https://lab.example/lab/tree/runs/2.4.0%20live/release.ipynb#cell-id=a1b2'
 */
export function stepAddress(folder: string, path: string, step: string | null): string {
  const segments = path.split('/').map(segment => encodeURIComponent(segment));
  const fragment = step === null ? '' : fragmentOfStep(step);
  return `${folder.replace(/\/+$/, '')}/${segments.join('/')}${fragment}`;
}
