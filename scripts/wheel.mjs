// Builds Python wheels: gathers product, npm packages, extension and kernelspec in dist/wheel, then runs pip's builder.
import './set-up/require-node.mjs';

const { buildWheels } = await import('./wheel/build-wheel.mjs');
await buildWheels(process.argv.slice(2));
