// The shapes of records in a short form that a reader carries along, made from the same schema as the published one.
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { root } from '../set-up/places.mjs';

/** The text of contract/journal/record-shapes.ts. */
export async function recordShapesText({ allOf, $defs }) {
  const shapes = {};
  for (const [name, schema] of Object.entries($defs)) {
    addShape(name, schema, shapes);
  }
  const kinds = Object.fromEntries(
    allOf[1].anyOf.map(({ $ref }) => [$defs[nameOf($ref)].properties.kind.const, nameOf($ref)])
  );
  const file = join(root, 'contract', 'journal', 'record-shapes.ts');
  const text = `// Written by scripts/journal-schema.mjs from the types of the records: what each field holds, read by fault-of-record.ts.

/** Fields of each type: \`name:type\`, \`name?:type\` for one that may be absent; \`@X\` is another type, \`[]x\` a list. */
export const RECORD_SHAPES: { readonly [type: string]: string } = ${JSON.stringify(shapes)};

/** The type of each kind of record. */
export const RECORD_TYPES: { readonly [kind: string]: string } = ${JSON.stringify(kinds)};
`;
  return format(text, { ...(await resolveConfig(file)), parser: 'typescript' });
}

function addShape(name, { properties = {}, required = [] }, shapes) {
  if (Object.keys(properties).length > 0) {
    shapes[name] = Object.entries(properties)
      .map(
        ([key, schema]) =>
          `${key}${required.includes(key) ? '' : '?'}:${typeOf(schema, `${name}_${key}`, shapes)}`
      )
      .join(' ');
  }
}

function typeOf(schema, name, shapes) {
  const { $ref, anyOf, type, items, properties } = schema;
  if ($ref) {
    return `@${nameOf($ref)}`;
  }
  if ('const' in schema || schema.enum) {
    return alternatives((schema.enum ?? [schema.const]).map(word => (word === null ? 'null' : typeof word)));
  }
  if (anyOf) {
    // The kinds of an output: what they have in common is what can be asked of each.
    const isOfObjects = anyOf.every(each => each.properties || each.$ref);
    return isOfObjects ? 'object' : alternatives(anyOf.map(each => typeOf(each, name, shapes)));
  }
  if (type === 'array') {
    return `[]${typeOf(items, name, shapes)}`;
  }
  if (properties) {
    addShape(name, schema, shapes);
    return `@${name}`;
  }
  return type ?? 'any';
}

function alternatives(types) {
  return [...new Set(types)].join('|');
}

function nameOf($ref) {
  return $ref.split('/').at(-1);
}
