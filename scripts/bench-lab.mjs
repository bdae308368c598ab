// `npm run bench:lab`: measures JupyterLab with and without the extension and its peers. See --help.
import './set-up/require-node.mjs';

const { benchLab } = await import('../bench/lab/lab-command.mjs');
await benchLab(process.argv.slice(2));
