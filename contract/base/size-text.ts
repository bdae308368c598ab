// Sizes and counts as people read them.

/** For example `512 bytes`, `64 KiB`, `2.5 MiB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) {
    return `${bytes} bytes`;
  }
  const [unit, size] = bytes < 1024 ** 2 ? ['KiB', bytes / 1024] : ['MiB', bytes / 1024 ** 2];
  return `${Number(size.toFixed(1))} ${unit}`;
}
