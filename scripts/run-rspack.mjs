// Runs Rspack for the scripts that bundle. What is wrong is said with the name of the script, and ends it.
import { createRequire } from 'node:module';
import { basename } from 'node:path';

const { rspack } = createRequire(import.meta.url)('@rspack/core');

/** Bundles by `options` of Rspack, without source maps. */
export function runRspack(options) {
  const compiler = rspack({ mode: 'production', devtool: false, ...options });
  return new Promise(resolve => {
    compiler.run((error, stats) => {
      if (error || stats.hasErrors()) {
        fail(error?.message ?? stats.toString({ all: false, errors: true }));
      }
      compiler.close(resolve);
    });
  });
}

/** Says what is wrong, and ends the script. */
export function fail(message) {
  console.error(`${basename(process.argv[1], '.mjs')}: ${message}`);
  process.exit(1);
}
