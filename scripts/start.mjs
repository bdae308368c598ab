// `npm start`: sets everything up, starts JupyterLab on a fresh run of the example and prints the address. See --help.
import './set-up/require-node.mjs';

const { start } = await import('./serve/start-command.mjs');
await start(process.argv.slice(2));
