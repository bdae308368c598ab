// The scripts and the style of the pages, as scripts/bundle-pages.mjs has bundled them.
import { createHash } from 'node:crypto';

/** What the pages load. */
export interface PageAssets {
  readonly style: string;
  readonly scripts: {
    readonly decision: string;
    readonly list: string;
    readonly enrolment: string;
    readonly static: string;
  };
  /** Changes with any of them. */
  readonly version: string;
  /** As a content security policy names a text: `sha256-…`. */
  readonly hashOf: (text: string) => string;
}

let loaded: Promise<PageAssets> | undefined;

/** Reads them once. */
export function loadPageAssets(): Promise<PageAssets> {
  loaded ??= read();
  return loaded;
}

async function read(): Promise<PageAssets> {
  const { style, scripts } = (await import(new URL('./bundled/pages.js', import.meta.url).href)) as Pick<
    PageAssets,
    'style' | 'scripts'
  >;
  const version = createHash('sha256')
    .update(JSON.stringify([style, scripts]))
    .digest('hex')
    .slice(0, 12);
  return { style, scripts, version, hashOf };
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
