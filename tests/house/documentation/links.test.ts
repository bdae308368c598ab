// Every link of the documentation leads to a file and a heading that exist.
import { expect, test } from '@jest/globals';
import { join } from 'node:path';
import { root } from '../root.js';

interface Pages {
  readonly deadLinks: () => readonly string[];
  readonly placesOfSite: () => ReadonlyMap<string, string>;
}

interface Sections {
  readonly SECTIONS: Readonly<Record<string, { readonly pages: readonly string[] }>>;
}

interface Links {
  readonly withLinks: (text: string, page: object) => string;
}

const load = async <T>(name: string): Promise<T> => (await import(join(root, 'scripts/site', name))) as T;

test('No link is dead', async () => {
  const { deadLinks, placesOfSite } = await load<Pages>('gather-pages.mjs');
  expect(deadLinks()).toEqual([]);
  expect(placesOfSite().size).toBeGreaterThan(80);
});

test('Each page has its place in a section of the site, or in a folder that has a list of its own', async () => {
  const { placesOfSite } = await load<Pages>('gather-pages.mjs');
  const { SECTIONS } = await load<Sections>('sections.mjs');
  const listed = Object.values(SECTIONS).flatMap(({ pages }) => pages);
  const pages = [...placesOfSite().values()].filter(
    place => /\.(md|ipynb)$/.test(place) && place !== 'index.md'
  );
  const isListed = (place: string): boolean =>
    listed.includes(place.replace(/\.\w+$/, '')) || /^(decisions|helpers|examples)\//.test(place);
  expect(pages.filter(place => !isListed(place))).toEqual([]);
  expect(listed.filter((page, at) => listed.indexOf(page) !== at)).toEqual([]);
});

test('A link to a file, a heading or an address that is not there is told; code is no link', async () => {
  const { withLinks } = await load<Links>('links.mjs');
  const faults: string[] = [];
  const places = new Map([['docs/install.md', 'install.md']]);
  const page = { path: 'docs/guide/x.md', place: 'guide/x.md', places, faults };
  const text = [
    '[a](../install.md#where-it-runs) `[b](gone.md)` ![c](../gone.png) [d](../install.md#gone)',
    '[e](http://) [f](../../LICENSE)',
    '```ts',
    '[g](gone.md)',
    '```'
  ].join('\n');
  expect(withLinks(text, page)).toBe(
    [
      '[a](../install.md#where-it-runs) `[b](gone.md)` c [d](../install.md#gone)',
      '[e](http://) f',
      '```ts',
      '[g](gone.md)',
      '```'
    ].join('\n')
  );
  expect(faults).toEqual([
    'docs/guide/x.md: ../gone.png does not exist',
    'docs/guide/x.md: ../install.md#gone has no such heading',
    'docs/guide/x.md: http:// is no address'
  ]);
});
