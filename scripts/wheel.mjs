// Builds the Python wheel: gathers product, npm packages, extension and kernelspec in dist/wheel, then runs pip's builder.
import './set-up/require-node.mjs';

const { buildWheel } = await import('./set-up/build-wheel.mjs');
await buildWheel();
