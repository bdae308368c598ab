// `launchbook install`: makes the kernel and the JupyterLab extension known to a Jupyter installation.
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { findNode } from '../../kernel/kernelspec/find-node.js';
import { forGateway, GATEWAY_SETTINGS } from '../../kernel/kernelspec/gateway.js';
import { installInto, userDataFolder } from '../../kernel/kernelspec/install.js';
import { KERNEL_DISPLAY_NAME } from '../../kernel/kernelspec/jupyter-name.js';
import { makeKernelspec } from '../../kernel/kernelspec/kernelspec.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Call, Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';

interface InstallOptions {
  readonly prefix?: string;
  readonly user?: boolean;
  readonly kernelOnly?: boolean;
  readonly gateway?: boolean;
  readonly json?: boolean;
}

export function addInstallCommand(program: Command, { terminal, finish }: Call): void {
  program
    .command('install')
    .summary('make kernel and extension known to Jupyter')
    .description(
      'Installs the kernelspec and the JupyterLab extension. Installing again changes only what differs.'
    )
    .option('--prefix <folder>', 'a Python environment, for example .venv; files go to its share/jupyter')
    .option('--user', 'your own Jupyter data folder (the default)')
    .option('--kernel-only', 'leave the JupyterLab extension out')
    .option(
      '--gateway',
      'for the machine of a Kernel Gateway or Enterprise Gateway: the kernel alone, with your PATH, HOME, language and time zone, which gateways do not pass on'
    )
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Examples:
  launchbook install                    for yourself, in every Jupyter of this machine
  launchbook install --prefix .venv     for one Python environment
  launchbook install --kernel-only      for clients other than JupyterLab
  launchbook install --gateway          where a gateway starts kernels`
    )
    .action((options: InstallOptions) => finish(install(options, terminal)));
}

function install(options: InstallOptions, terminal: Terminal): ExitCode {
  if (options.prefix !== undefined && options.user) {
    throw new UsageError('Installing: --prefix and --user name two places', 'Give one of them.');
  }
  const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
  const dataFolder =
    options.prefix === undefined ? userDataFolder() : join(resolve(options.prefix), 'share', 'jupyter');
  const isKernelOnly = options.kernelOnly === true || options.gateway === true;
  const kernelspec = makeKernelspec(findNode(), join(root, 'lib', 'kernel', 'main.js'));
  const folders = installInto(dataFolder, {
    kernelspec: options.gateway ? forGateway(kernelspec, process.env) : kernelspec,
    logos: join(root, 'kernel', 'kernelspec'),
    extension: isKernelOnly ? null : join(root, 'launchbook', 'labextension')
  });
  if (options.json) {
    terminal.say(JSON.stringify({ folders, ...(options.gateway ? { settings: GATEWAY_SETTINGS } : {}) }));
    return EXIT.passed;
  }
  folders.forEach(folder => terminal.say(`${folder.what} ${folder.change}: ${folder.path}`));
  if (options.gateway) {
    terminal.say('Next: notebooks have one path on both machines, and the notebook’s path is passed on:');
    Object.entries(GATEWAY_SETTINGS).forEach(([where, setting]) => terminal.say(`  ${where}: ${setting}`));
  } else {
    const start = isKernelOnly ? '' : 'start jupyter lab and ';
    terminal.say(`Next: ${start}choose the kernel ${KERNEL_DISPLAY_NAME}.`);
  }
  return EXIT.passed;
}
