// The JSON Schema of a journal's lines, made from contract/journal/journal.ts, so that types and schema cannot differ.
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';
import { root } from '../set-up/places.mjs';
import { objectOf, schemaOf } from './json-schema-of.mjs';

/** The text of docs/journal.schema.json. */
export async function journalSchemaText(schema) {
  const file = join(root, 'docs', 'journal.schema.json');
  return format(JSON.stringify(schema), { ...(await resolveConfig(file)), parser: 'json' });
}

/** The schema. */
export function journalSchema() {
  const file = join(root, 'contract', 'journal', 'journal.ts');
  const program = ts.createProgram([file], {
    strict: true,
    exactOptionalPropertyTypes: true,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2024,
    noEmit: true,
    types: []
  });
  const checker = program.getTypeChecker();
  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(file)));
  const typeNamed = name =>
    checker.getDeclaredTypeOfSymbol(exported.find(symbol => symbol.name === name) ?? missing(name));
  const defs = { RecordStamp: objectOf(typeNamed('RecordStamp'), checker, {}) };
  const records = typeNamed('RecordBody').types.map(type => {
    const description = ts.displayPartsToString(type.symbol.getDocumentationComment(checker));
    const schema = schemaOf(type, checker, defs);
    if ('$ref' in schema && description !== '') {
      Object.assign(defs[schema.$ref.slice('#/$defs/'.length)], { description });
    }
    return schema;
  });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A line of a Launchbook journal',
    description:
      'NAME.journal.jsonl: JSON lines, append-only. Each line carries the SHA-256 of the line before it. Readers leave alone what they do not know.',
    allOf: [{ $ref: '#/$defs/RecordStamp' }, { anyOf: records }],
    $defs: Object.fromEntries(Object.entries(defs).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  };
}

function missing(name) {
  throw new Error(`contract/journal/journal.ts does not export ${name}`);
}
