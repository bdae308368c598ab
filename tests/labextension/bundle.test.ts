// Looks into the built extension: what a browser loads has nothing of the kernel and nothing of Node, and stays small.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const root = join(import.meta.dirname, '../../..');
const bundle = join(root, 'launchbook/labextension');
/** Compressed: what every page loads, and that with every part which is loaded when somebody uses it. */
const LIMIT_BYTES = 110_000;
const LIMIT_WITH_PARTS_BYTES = 150_000;

let chunks: { readonly name: string; readonly text: string }[];

beforeAll(() => {
  execFileSync(process.execPath, [join(root, 'scripts/bundle.mjs')], { cwd: root });
  chunks = readdirSync(join(bundle, 'static'))
    .filter(name => name.endsWith('.js'))
    .map(name => ({ name, text: readFileSync(join(bundle, 'static', name), 'utf8') }));
}, 120_000);

describe('the bundle', () => {
  test('has its plugins in it', () => {
    const all = chunks.map(chunk => chunk.text).join('\n');
    for (const plugin of [
      'run',
      'approval',
      'timing',
      'phases',
      'notify',
      'preview',
      'diagnostics',
      'help'
    ]) {
      expect(all).toContain(`launchbook:${plugin}`);
    }
  });

  // Words that the sources of these packages and layers cannot do without.
  test.each([
    'zeromq',
    'execa',
    'oxc-parser',
    'vscode-jsonrpc',
    'p-retry',
    'node:fs',
    'node:crypto',
    'node:child_process',
    'process.platform',
    'execute_request_handler',
    'connection_file',
    'Runtime.evaluate'
  ])('has no trace of `%s`', word => {
    expect(chunks.filter(chunk => chunk.text.includes(word)).map(chunk => chunk.name)).toEqual([]);
  });

  test('names no package but those that JupyterLab shares', () => {
    const notices = readFileSync(join(bundle, 'static/third-party-licenses.json'), 'utf8');
    const packages = (JSON.parse(notices) as { packages: { name: string }[] }).packages.map(
      entry => entry.name
    );
    // The two are the loader of the stylesheet.
    expect(packages.filter(name => !['css-loader', 'style-loader'].includes(name))).toEqual([]);
  });

  test(`is at most ${LIMIT_BYTES} bytes on every page, ${LIMIT_WITH_PARTS_BYTES} with its parts`, () => {
    const entry = chunks.find(({ name }) => name.startsWith('remoteEntry'))!;
    // The entry loads the plugins and the stylesheet; everything else is loaded by them, when it is used.
    const first = [...entry.text.matchAll(/\.e\((\d+)\)/g)].map(([, id]) => `${id}.`);
    const ofEveryPage = chunks.filter(
      ({ name, text }) => text === entry.text || first.some(id => name.startsWith(id))
    );
    const bytesOf = (some: typeof chunks): number =>
      some.reduce((sum, { text }) => sum + gzipSync(text).length, 0);
    expect(ofEveryPage).toHaveLength(3);
    expect(bytesOf(ofEveryPage)).toBeGreaterThan(1000);
    expect(bytesOf(ofEveryPage)).toBeLessThanOrEqual(LIMIT_BYTES);
    expect(bytesOf(chunks)).toBeLessThanOrEqual(LIMIT_WITH_PARTS_BYTES);
  });

  test('carries a manifest that JupyterLab can load, and no dependencies', () => {
    const manifest = JSON.parse(readFileSync(join(bundle, 'package.json'), 'utf8')) as {
      dependencies: object;
      jupyterlab: { _build: { load: string; extension: string; style: string } };
    };
    expect(manifest.dependencies).toEqual({});
    expect(manifest.jupyterlab._build).toMatchObject({ extension: './extension', style: './style' });
    expect(existsSync(join(bundle, manifest.jupyterlab._build.load))).toBe(true);
  });

  test('carries a schema for every file in schema/', () => {
    const shipped = readdirSync(join(bundle, 'schemas/launchbook')).filter(name => name.endsWith('.json'));
    expect(shipped.sort()).toEqual(readdirSync(join(root, 'schema')).sort());
  });
});
