// Installs the npm dependencies when they are absent or stale, and nothing else: the first step of the continuous integration.
import './set-up/require-node.mjs';

const { installNpmDependencies } = await import('./set-up/npm-dependencies.mjs');
const { orExplain } = await import('./set-up/set-up-fault.mjs');
await orExplain('install', installNpmDependencies);
