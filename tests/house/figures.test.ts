// The code base as a whole: what no rule about a single file can say.
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { root } from './root.js';

interface Figures {
  readonly rooms: readonly { readonly room: string; readonly files: number }[];
  readonly circles: readonly (readonly string[])[];
  readonly upward: readonly string[];
  readonly folders: readonly { readonly folder: string; readonly files: number }[];
  readonly longest: { readonly path: string; readonly lines: number };
  readonly median: number;
}

test('no circles, no upward imports, no full folders, and small files', async () => {
  const { houseFigures } = (await import(join(root, 'scripts/proofs/house-figures.mjs'))) as {
    houseFigures(root: string): Figures;
  };
  const { rooms, circles, upward, folders, longest, median } = houseFigures(root);
  expect(rooms.filter(({ files }) => files > 0)).toHaveLength(8);
  expect({ circles, upward }).toEqual({ circles: [], upward: [] });
  expect(folders.filter(({ files }) => files > 20)).toEqual([]);
  expect(longest.lines).toBeLessThanOrEqual(400);
  expect(median).toBeLessThanOrEqual(60);
});
