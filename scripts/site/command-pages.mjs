// A page for each command, with its `--help` as the product prints it, and the exit codes.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { productNode } from '../set-up/places.mjs';

/** The pages by their place in the site: `reference/commands/run.md`. */
export function commandPages(root) {
  const names = commandNames(root);
  const pages = names.map(name => [
    `reference/commands/${name}.md`,
    `# launchbook ${name}\n\n\`\`\`text\n${helpOf(root, name)}\n\`\`\`\n`
  ]);
  const index = `# Commands

\`\`\`text
${helpOf(root)}
\`\`\`

\`\`\`{toctree}
:hidden:

${names.join('\n')}
\`\`\`
`;
  return { 'reference/commands/index.md': index, ...Object.fromEntries(pages) };
}

/** The names of the commands, from the help itself. */
export function commandNames(root) {
  const [, list = ''] = helpOf(root).split('Commands:\n');
  const names = list.split('\n\n')[0].split('\n');
  return names.map(line => line.trim().split(' ')[0]).filter(name => name !== 'help');
}

function helpOf(root, ...command) {
  const { stdout, stderr, status } = spawnSync(
    productNode(),
    [join(root, 'lib', 'cli', 'main.js'), ...command, '--help'],
    { encoding: 'utf8', env: { ...process.env, COLUMNS: '100' } }
  );
  if (status !== 0) {
    throw new Error(`launchbook ${command.join(' ')} --help ended with ${status}: ${stderr}`);
  }
  return stdout.trimEnd();
}
