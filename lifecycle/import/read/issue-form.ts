// A GitHub issue form: YAML with the fields that people fill in. Its texts are Markdown, its boxes are boxes.
// https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
import { LineCounter, parseDocument, type Document } from 'yaml';
import { refuse } from '../../refused-error.js';
import { textOfDocument, type ImportedFile } from '../document/file-text.js';
import type { ImportedSource } from '../document/source.js';
import { fenced, joinChunks, type Chunk } from './chunks.js';
import { wordsOfMarkdown } from './markdown.js';

/** A form has no use for aliases, and a few of them can stand for a thousand million values. */
function valuesOf(document: Document.Parsed, doing: string): { [key: string]: unknown } | null {
  try {
    return document.toJS({ maxAliasCount: 20 }) as { [key: string]: unknown } | null;
  } catch {
    return refuse('import.no_form', doing, 'its aliases stand for more values than a form has');
  }
}

interface Values {
  readonly [name: string]: unknown;
}

/** Reads an issue form. @throws RefusedError when it is none. */
export function readIssueForm(file: ImportedFile, format: string): ImportedSource {
  const text = textOfDocument(file);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const doing = `Importing ${file.name}`;
  if (document.errors.length > 0) {
    refuse('import.no_form', doing, `it is not YAML: ${document.errors[0]!.message.split('\n', 1)[0]}`);
  }
  const form = valuesOf(document, doing);
  const body = form?.['body'];
  if (!Array.isArray(body) || body.some(field => typeof (field as Values | null)?.['type'] !== 'string')) {
    refuse(
      'import.no_form',
      doing,
      'it is YAML, and no issue form: it has no list “body” of fields with a type',
      'Of other YAML only issue forms can be imported.'
    );
  }
  const lineOf = (index: number): number => {
    const range = (document.getIn(['body', index], true) as { range?: [number] } | undefined)?.range;
    return range === undefined ? 1 : lines.linePos(range[0]).line;
  };
  const { name, description, ...rest } = form!;
  delete rest['body'];
  const chunks: Chunk[] = [
    { place: 'line 1', markdown: `# ${oneLine(name ?? 'Issue form')}` },
    ...(description === undefined ? [] : [{ place: 'line 1', markdown: textOf(description) }]),
    ...Object.entries(rest).map(([key, value]) => ({
      place: 'line 1',
      markdown: `**${key}**: ${oneLine(value)}`
    })),
    ...body.map((field: Values, index) => ({ place: `line ${lineOf(index)}`, markdown: markdownOf(field) }))
  ];
  const words = wordsOfMarkdown(textsIn(form).join('\n'));
  return { name: file.name, format, ...joinChunks(chunks, text), words, notes: [], pictures: [] };
}

/** What a form has and this reader does not know, such as a key that was written wrong, stays as a line of its own. */
function markdownOf({ type, attributes, validations, id, ...others }: Values): string {
  const { label, description, placeholder, value, options, render, ...rest } = isValues(attributes)
    ? attributes
    : {};
  const { required, ...asked } = isValues(validations) ? validations : {};
  const isRequired = required === true;
  const language = typeof render === 'string' && type !== 'markdown' ? render : undefined;
  return [
    ...(label === undefined ? [] : [`### ${oneLine(label)}${isRequired ? ' (required)' : ''}`]),
    ...(description === undefined ? [] : [textOf(description)]),
    ...(placeholder === undefined ? [] : [`For example: ${textOf(placeholder)}`]),
    ...(value === undefined
      ? []
      : [language === undefined ? textOf(value) : fenced(language, textOf(value))]),
    ...(Array.isArray(options)
      ? [options.map(option => optionOf(option, type === 'checkboxes')).join('\n')]
      : []),
    ...linesOf({
      ...(value === undefined || language === undefined ? { render } : {}),
      ...(Array.isArray(options) ? {} : { options }),
      ...(isValues(attributes) ? {} : { attributes }),
      ...(isValues(validations) ? {} : { validations }),
      ...(typeof required === 'boolean' ? {} : { required }),
      ...(typeof id === 'object' ? { id } : {}),
      ...asked,
      ...rest,
      ...others
    })
  ].join('\n\n');
}

function optionOf(option: unknown, isBox: boolean): string {
  const { label, required, ...others } = isValues(option) ? option : { label: option };
  const more = Object.entries({ ...(typeof required === 'boolean' ? {} : { required }), ...others })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` (${key}: ${oneLine(value)})`);
  return `- ${isBox ? '[ ] ' : ''}${oneLine(label)}${required === true ? ' (required)' : ''}${more.join('')}`;
}

function linesOf(values: Values): string[] {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `*${key}: ${oneLine(value)}*`);
}

function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : oneLine(value);
}

function oneLine(value: unknown): string {
  const text =
    typeof value === 'string'
      ? value
      : Array.isArray(value)
        ? value.map(oneLine).join(', ')
        : isValues(value)
          ? Object.entries(value)
              .map(([key, inner]) => `${key}: ${oneLine(inner)}`)
              .join('; ')
          : String(value);
  return text.replace(/\s+/g, ' ').trim();
}

/** Names of types and keys are the form's, not its author's. */
function textsIn(value: unknown, key = ''): string[] {
  if (typeof value === 'string') {
    return key === 'type' || key === 'id' || key === 'render' ? [] : [value];
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, inner]) => textsIn(inner, Array.isArray(value) ? key : name))
    : [];
}
