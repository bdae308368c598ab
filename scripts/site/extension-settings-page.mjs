// The settings of the JupyterLab extension and its keys, from the files that JupyterLab itself reads.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export function extensionSettingsPage(root) {
  const plugins = readdirSync(join(root, 'schema'))
    .sort()
    .map(name => JSON.parse(readFileSync(join(root, 'schema', name), 'utf8')));
  return `# Settings in JupyterLab

In JupyterLab: _Settings_ › _Settings Editor_ › _Launchbook_. An administrator sets them for everybody in \`overrides.json\`, under \`launchbook:\` and the name of the file in \`schema/\`.

${plugins.map(sectionOf).join('\n')}
## Keys

| Key | Command | Where |
| --- | --- | --- |
${keysOf(plugins).join('\n')}
`;
}

function sectionOf({ title, description, properties = {} }) {
  const rows = Object.entries(properties).map(
    ([key, { title: name, description: words, default: value }]) =>
      `| \`${key}\` | \`${JSON.stringify(value)}\` | ${cell(`${name}. ${words ?? ''}`)} |`
  );
  const table =
    rows.length === 0 ? '' : `\n| Setting | Default | Meaning |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
  return `## ${title.replace(/^Launchbook /, '')}\n\n${description}\n${table}`;
}

function keysOf(plugins) {
  return plugins.flatMap(({ 'jupyter.lab.shortcuts': shortcuts = [] }) =>
    shortcuts.map(
      ({ command, keys, selector }) =>
        `| ${keys.map(key => `\`${key}\``).join(' ')} | \`${command}\` | \`${cell(selector)}\` |`
    )
  );
}

function cell(text) {
  return text.trim().replaceAll('|', '\\|').replaceAll('\n', ' ');
}
