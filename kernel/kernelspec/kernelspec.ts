// The kernelspec: how Jupyter starts our kernel.
// Format: https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs
import { KERNEL_DISPLAY_NAME } from './jupyter-name.js';

/** The content of kernel.json. */
export interface Kernelspec {
  readonly argv: readonly string[];
  readonly display_name: string;
  readonly language: string;
  readonly interrupt_mode: 'message';
  /** Variables that the kernel gets besides those of whoever starts it. */
  readonly env?: { readonly [name: string]: string };
  readonly metadata: { readonly debugger: boolean; readonly supported_encryption: readonly string[] };
}

/**
 * Young objects of the process that runs no cells get 2 MiB a half; by default Node lets this part of its memory grow to 128 MiB and
 * never gives it back. With 8 MiB the process has 12 MB more after 1,000 cells and is no faster. The older ones are collected when they
 * have doubled; by default they may quadruple first, which is 25 MB more after 5,000 cells.
 */
const NODE_FLAGS = ['--max-semi-space-size=2', '--heap-growing-percent=100'];

/** `node` and `main` are absolute paths: Jupyter starts kernels in the notebook's folder with any PATH. */
export function makeKernelspec(node: string, main: string): Kernelspec {
  return {
    argv: [node, ...NODE_FLAGS, main, '{connection_file}'],
    display_name: KERNEL_DISPLAY_NAME,
    language: 'typescript',
    interrupt_mode: 'message',
    // Without it, a client that demands encryption (jupyter_client from 8.9 on) refuses to start the kernel.
    metadata: { debugger: false, supported_encryption: ['curve'] }
  };
}
