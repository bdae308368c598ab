// The reference of the helper library: every name of runbook/index.ts with its declaration and its doc comment, read from the compiled
// declarations, whose types are written out. One page for each folder of the library.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, posix } from 'node:path';

const SURFACE = 'runbook/index.d.ts';

/** The pages by their place in the site: `reference/helpers/shell.md`. */
export function helperPages(root) {
  const ts = createRequire(join(root, 'package.json'))('typescript');
  const subjects = new Map();
  for (const { file, names } of exportsOf(root)) {
    const source = ts.createSourceFile(
      file,
      readFileSync(join(root, 'lib', file), 'utf8'),
      ts.ScriptTarget.Latest,
      true
    );
    const parts = source.statements
      .filter(statement => isNamed(ts, statement, names))
      .map(part => ({ isCalled: isCalled(ts, part), text: sectionOf(ts, part) }));
    const subject = subjectOf(file);
    subjects.set(subject, [...(subjects.get(subject) ?? []), ...parts]);
  }
  const names = [...subjects.keys()].sort();
  const pages = names.map(name => [
    `reference/helpers/${name}.md`,
    `# ${name}\n\n${inOrder(subjects.get(name)).join('\n')}`
  ]);
  const index = `# Helper library

What every cell can call without an import, generated from the doc comments that completion shows. The guides by subject are under [Helpers](../../helpers/index.md).

\`\`\`{toctree}
:maxdepth: 1

${names.join('\n')}
\`\`\`
`;
  return { 'reference/helpers/index.md': index, ...Object.fromEntries(pages) };
}

/** What is called stands before what it takes and gives. */
function inOrder(sections) {
  return sections.toSorted((a, b) => Number(b.isCalled) - Number(a.isCalled)).map(({ text }) => text);
}

function isCalled(ts, statement) {
  return ts.isFunctionDeclaration(statement) || ts.isVariableStatement(statement);
}

function exportsOf(root) {
  const text = readFileSync(join(root, 'lib', SURFACE), 'utf8');
  const byFile = new Map();
  for (const [, names, specifier] of text.matchAll(/export (?:type )?\{([^}]*)\} from '([^']+)'/g)) {
    const file = posix.join(posix.dirname(SURFACE), specifier.replace(/\.js$/, '.d.ts'));
    byFile.set(file, [...(byFile.get(file) ?? []), ...names.split(',').map(name => name.trim())]);
  }
  return [...byFile].map(([file, names]) => ({ file, names }));
}

/** The folder in runbook/, or the file when it lies there directly; what comes from contract/ is about people and errors. */
function subjectOf(file) {
  const [layer, ...rest] = file.split('/');
  if (layer === 'contract') {
    return rest.includes('error.d.ts') ? 'errors' : 'hold';
  }
  return rest[0].replace(/\.d\.ts$/, '').replace(/^(byte-size|duration|parsed-json)$/, 'values');
}

function isNamed(ts, statement, names) {
  const declared = ts.isVariableStatement(statement)
    ? statement.declarationList.declarations.map(({ name }) => name.text)
    : [statement.name?.text];
  return declared.some(name => names.includes(name));
}

function sectionOf(ts, statement) {
  const name = ts.isVariableStatement(statement)
    ? statement.declarationList.declarations[0].name.text
    : statement.name.text;
  const members = (statement.members ?? []).filter(member => isShown(ts, member));
  return [
    `## ${name}\n`,
    docOf(ts, statement),
    `\`\`\`ts\n${headOf(ts, statement)}\n\`\`\`\n`,
    ...members.map(member => memberOf(ts, name, member))
  ].join('\n');
}

/** The declaration; of a class or an interface its first line, because each member has its own. */
function headOf(ts, statement) {
  const text = statement.getText().replace(/^export (declare )?/, '');
  return statement.members === undefined ? withoutDocs(text) : text.slice(0, text.indexOf('{')).trim();
}

function withoutDocs(text) {
  return text.replace(/\/\*\*[\s\S]*?\*\/\s*/g, '');
}

function isShown(ts, member) {
  const isHidden = ts.canHaveModifiers(member)
    ? ts
        .getModifiers(member)
        ?.some(({ kind }) => [ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword].includes(kind))
    : false;
  return (
    !isHidden && !ts.isConstructorDeclaration(member) && !(member.name && ts.isPrivateIdentifier(member.name))
  );
}

function memberOf(ts, holder, member) {
  const name = member.name?.getText() ?? '()';
  const title = name === '()' ? `${holder}()` : `${holder}.${name}`;
  return `### ${title.replaceAll(/[[\]]/g, '')}\n\n${docOf(ts, member)}\n\`\`\`ts\n${withoutDocs(member.getText())}\n\`\`\`\n`;
}

/** The doc comment as Markdown: its text, then parameters, errors and examples. The compiler takes a link behind `@throws` for a type. */
function docOf(ts, node) {
  const comment = ts.getJSDocCommentsAndTags(node).findLast(ts.isJSDoc);
  if (comment === undefined) {
    return '';
  }
  const whole = comment
    .getText()
    .replace(/^\/\*\*|\*\/$/g, '')
    .replace(/^[ \t]*\*[ \t]?/gm, '')
    .replace(/\{@link ([^}]+)\}/g, '`$1`');
  const [text, ...tags] = whole.split(/(?<=^|\s)@(?=(?:param|example|default|throws|returns|internal)\b)/);
  const parts = [text.trim(), ...tags.map(tagText)].filter(part => part !== '');
  return parts.map(part => `${part}\n`).join('\n');
}

function tagText(tag) {
  const [, name, text] = /^(\w+)\s*([\s\S]*?)\s*$/.exec(tag);
  const words = TAGS[name];
  return words === undefined ? text : words(text);
}

const TAGS = {
  param: text => text.replace(/^(\w+)(?: -)? ([\s\S]*)$/, '- `$1`: $2'),
  example: text => `\`\`\`ts\n${text}\n\`\`\``,
  default: text => `Default: \`${text}\``,
  throws: text => `Throws ${text}`,
  returns: text => `Gives ${text}`
};
