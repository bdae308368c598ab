// The module "tslab" for notebooks that were written for the kernel of that name: its display functions, on our own outputs. Each
// output is exactly what tslab publishes. Its types are in kernel/language/tslab-types.ts.
import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import process from 'node:process';
import type { HostLink } from './host-link.js';

type Data = string | Uint8Array;

/** The exports of the module. */
export function makeTslabModule(link: Pick<HostLink, 'display' | 'update'>): Record<string, unknown> {
  const show = (mime: string, data: Data): void => link.display({ [mime]: textOf(data) });
  return {
    display: makeDisplay(show),
    newDisplay: () => makeDisplay(showInPlace(link)),
    versions: {
      tslab: COMPATIBLE_WITH,
      get typescript(): string {
        const { version } = createRequire(import.meta.url)('typescript-native/package.json') as {
          version: string;
        };
        return version;
      },
      node: process.version
    }
  };
}

const COMPATIBLE_WITH = '1.0.22';

const MIMES = {
  javascript: 'text/javascript',
  html: 'text/html',
  markdown: 'text/markdown',
  latex: 'text/latex',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  pdf: 'application/pdf',
  text: 'text/plain'
} as const;

function makeDisplay(raw: (mime: string, data: Data) => void): Record<string, unknown> {
  const named = Object.entries(MIMES).map(([name, mime]) => [name, (data: Data) => raw(mime, data)]);
  return { ...Object.fromEntries(named), raw };
}

// The first call shows an output, every later one replaces what it shows.
function showInPlace(link: Pick<HostLink, 'display' | 'update'>): (mime: string, data: Data) => void {
  const displayId = randomUUID();
  let isShown = false;
  return (mime, data) => {
    const bundle = { [mime]: textOf(data) };
    if (isShown) {
      link.update(displayId, bundle);
    } else {
      link.display(bundle, { displayId });
      isShown = true;
    }
  };
}

function textOf(data: Data): string {
  return typeof data === 'string' ? data : Buffer.from(data).toString('base64');
}
