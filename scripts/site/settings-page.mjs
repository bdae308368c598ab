// The page of launchbook.yml: every key of its schema, with type, what it means and what it may be.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export function settingsPage(root) {
  const schema = JSON.parse(readFileSync(join(root, 'docs', 'launchbook.schema.json'), 'utf8'));
  const sections = Object.entries(schema.properties).map(([key, value]) => sectionOf(key, value));
  return `# launchbook.yml

Every key of the file beside your runbooks. What is not listed here is refused, with the nearest known key. The [schema](../launchbook.schema.json) says the same to an editor:

\`\`\`yaml
# yaml-language-server: $schema=./launchbook.schema.json
\`\`\`

${sections.join('\n')}`;
}

function sectionOf(key, schema) {
  const inner = rowsOf(key, schema);
  const table =
    inner.length === 0
      ? ''
      : `\n| Key | Kind | Meaning |\n| --- | --- | --- |\n${inner.map(row => `| ${row.join(' | ')} |`).join('\n')}\n`;
  return `## ${key}\n\n${sentence(schema)} Kind: ${kindOf(schema)}.\n${table}`;
}

/** The keys below one, at any depth, as `approvals.required`; `NAME` stands where the author chooses the name. */
function rowsOf(path, { properties = {}, additionalProperties, items }) {
  const named = Object.entries(properties).map(([key, value]) => [`${path}.${key}`, value]);
  const free =
    additionalProperties && typeof additionalProperties === 'object'
      ? [[`${path}.NAME`, additionalProperties]]
      : [];
  const inList = items?.properties ? [[`${path}[]`, items]] : [];
  return [...named, ...free, ...inList].flatMap(([key, value]) => [
    [`\`${key}\``, kindOf(value), sentence(value)],
    ...rowsOf(key, value)
  ]);
}

function kindOf({ type, enum: values, pattern, items, minimum, maximum }) {
  if (values) {
    return values.map(value => `\`${value}\``).join(', ');
  }
  const name = [type ?? 'any'].flat().join(' or ');
  const of = items?.type ? ` of ${[items.type].flat().join(' or ')}` : '';
  const range = [
    ...(minimum === undefined ? [] : [`at least ${minimum}`]),
    ...(maximum === undefined ? [] : [`at most ${maximum}`]),
    ...(pattern === undefined ? [] : [`\`${pattern.replaceAll('|', '\\|')}\``])
  ];
  return [`${name}${of}`, ...range].join(', ');
}

function sentence({ description = '' }) {
  return description.replaceAll('|', '\\|').replaceAll('"*"', '`"*"`');
}
