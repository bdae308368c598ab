// `npm start`: sets everything up, starts JupyterLab on a fresh run of the example and prints the address. See --help.
// This file alone must load in an old Node, so it checks the version before it loads anything else.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`start: Node ${process.versions.node} is too old; Launchbook needs 20.19 or later.`);
  console.error('  Install it from https://nodejs.org, or with: npx n lts');
  process.exitCode = 1;
} else {
  const { start } = await import('./serve/start-command.mjs');
  await start(process.argv.slice(2));
}
