// The kernelspec: how Jupyter starts our kernel.
// Format: https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs

/** The kernelspec's name, under which notebooks refer to the kernel. */
export const KERNEL_NAME = 'launchbook';

/** The content of kernel.json. */
export interface Kernelspec {
  readonly argv: readonly string[];
  readonly display_name: string;
  readonly language: string;
  readonly interrupt_mode: 'message';
  readonly metadata: { readonly debugger: boolean };
}

/** Young objects get 8 MiB; by default Node lets this part of its memory grow to 128 MiB and never gives it back. */
const NODE_FLAGS = ['--max-semi-space-size=8'];

/** `node` and `main` are absolute paths: Jupyter starts kernels in the notebook's folder with any PATH. */
export function makeKernelspec(node: string, main: string): Kernelspec {
  return {
    argv: [node, ...NODE_FLAGS, main, '{connection_file}'],
    display_name: 'TypeScript (Launchbook)',
    language: 'typescript',
    interrupt_mode: 'message',
    metadata: { debugger: false }
  };
}
