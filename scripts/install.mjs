// Installs the npm dependencies when they are absent or stale, and nothing else: the first step of the continuous integration.
import './set-up/require-node.mjs';
import { readOptions } from './set-up/read-options.mjs';

readOptions(`Usage: node scripts/install.mjs

Installs the npm dependencies when they are absent or stale.`);
const { installNpmDependencies } = await import('./set-up/npm-dependencies.mjs');
const { orExplain } = await import('./set-up/set-up-fault.mjs');
await orExplain('install', installNpmDependencies);
