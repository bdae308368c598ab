// `npm run bench`: measures the kernel and its peers side by side, prints a table and writes JSON. See --help.
import './set-up/require-node.mjs';

const { bench } = await import('../bench/bench-command.mjs');
await bench(process.argv.slice(2));
