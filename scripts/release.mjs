// `npm run release -- STEP`: the steps of a release, which the workflow calls and a person can try. See --help.
import './set-up/require-node.mjs';

const { release } = await import('./release/release-command.mjs');
await release(process.argv.slice(2));
