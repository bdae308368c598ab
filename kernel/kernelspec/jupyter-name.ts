// The names of the kernel: the one that programs use, and the one that people choose.

/** The kernelspec's name, under which notebooks refer to the kernel. */
export const KERNEL_NAME = 'launchbook';

/** The name that Jupyter shows in its launcher and menus. */
export const KERNEL_DISPLAY_NAME = 'TypeScript (Launchbook)';
