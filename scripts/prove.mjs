// `npm run prove -- NAME`: runs the proof of one promise of the product, from a fresh copy of what is committed where it says so.
import './set-up/require-node.mjs';

const { prove } = await import('./proofs/prove-command.mjs');
await prove(process.argv.slice(2));
