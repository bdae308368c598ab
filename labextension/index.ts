// The JupyterLab extension: the list of its plugins. Each can be switched off alone.
import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { runPlugin } from './run/plugin.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each plugin provides something else
const plugins: JupyterFrontEndPlugin<any>[] = [runPlugin];

export default plugins;
