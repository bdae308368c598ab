// `npm test`: sets everything up and runs every test there is. The last line is `N passed, N failed, N skipped`.
import './set-up/require-node.mjs';

const { test } = await import('./test-parts/test-command.mjs');
await test(process.argv.slice(2));
