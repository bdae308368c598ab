// What the comms of this extension have in common: whether a kernel is ours, and when a new comm may be opened.
import type { Kernel } from '@jupyterlab/services';

/** The name of our kernelspec, and of the implementation that it starts. */
export const KERNEL_NAME = 'launchbook';
const SUBSHELL_PATIENCE_MS = 2000;

/** True for a kernel of ours, also under a kernelspec of another name. */
export async function isOurs(kernel: Kernel.IKernelConnection): Promise<boolean> {
  if (kernel.name === KERNEL_NAME) {
    return true;
  }
  const info = await kernel.info;
  return info.implementation === KERNEL_NAME;
}

/**
 * Waits until the comm is bound to its subshell, when the kernel has subshells: opened earlier, it would be bound to the
 * main shell, and a click would wait for the running cell. `subshellStarted` is public in JupyterLab but not in the interface.
 */
export async function whenRouted(kernel: Kernel.IKernelConnection, comm: Kernel.IComm): Promise<void> {
  await kernel.info;
  const { subshellStarted } = comm as { subshellStarted?: Promise<void> };
  if (kernel.supportsSubshells && subshellStarted) {
    await Promise.race([subshellStarted.catch(() => undefined), waitMs(SUBSHELL_PATIENCE_MS)]);
  }
}

/** In these states a kernel has lost the cells that it ran, and its comms. */
export const GONE: ReadonlySet<Kernel.Status> = new Set<Kernel.Status>([
  'restarting',
  'autorestarting',
  'dead',
  'terminating'
]);

/** Settles after `ms` milliseconds. */
export function waitMs(ms: number): Promise<void> {
  return new Promise(resolve => window.setTimeout(resolve, ms));
}
