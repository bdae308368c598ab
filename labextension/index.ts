// The JupyterLab extension: the list of its plugins. Each can be switched off alone.
import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { approvalPlugin } from './approval/plugin.js';
import { codeFoldingPlugin } from './code-folding.js';
import { diagnosticsPlugin } from './diagnostics/plugin.js';
import { guardPlugin } from './guard/plugin.js';
import { helpPlugin } from './help/plugin.js';
import { importPlugin } from './import/plugin.js';
import { lintPlugin } from './lint/plugin.js';
import { lifecyclePlugin } from './lifecycle/plugin.js';
import { notifyPlugin } from './notify/plugin.js';
import { outputsPlugin } from './outputs/plugin.js';
import { phasesPlugin } from './phases/plugin.js';
import { previewPlugin } from './preview/plugin.js';
import { resumePlugin } from './resume/plugin.js';
import { runPlugin } from './run/plugin.js';
import { stepLinkPlugin } from './step-link/plugin.js';
import { wheelPlugin } from './wheel/plugin.js';
import { timingPlugin } from './timing/plugin.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each plugin provides something else
const plugins: JupyterFrontEndPlugin<any>[] = [
  runPlugin,
  resumePlugin,
  outputsPlugin,
  wheelPlugin,
  approvalPlugin,
  timingPlugin,
  phasesPlugin,
  notifyPlugin,
  previewPlugin,
  diagnosticsPlugin,
  lintPlugin,
  helpPlugin,
  guardPlugin,
  lifecyclePlugin,
  importPlugin,
  stepLinkPlugin,
  codeFoldingPlugin
];

export default plugins;
