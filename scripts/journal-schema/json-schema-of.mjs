// JSON Schema (draft 2020-12) of a TypeScript type, from the compiler's own understanding of it. Knows what records are made of:
// literals, unions, lists, objects and maps; types named Json and JsonObject stand for anything.
import ts from 'typescript';

/** The schema of `type`; named objects become `$defs` of their own in `defs`. */
export function schemaOf(type, checker, defs) {
  const opaque = OPAQUE[type.aliasSymbol?.name];
  if (opaque) {
    return opaque;
  }
  if (type.isUnion()) {
    return schemaOfUnion(type, checker, defs);
  }
  if (type.isLiteral()) {
    return { const: type.value };
  }
  const basic = BASIC.find(({ flag }) => type.flags & flag);
  if (basic) {
    return basic.schema(checker.typeToString(type));
  }
  if (checker.isArrayType(type) || checker.isTupleType(type)) {
    return { type: 'array', items: schemaOf(checker.getTypeArguments(type)[0], checker, defs) };
  }
  return schemaOfObject(type, checker, defs);
}

const ANYTHING = {};
const OPAQUE = { Json: ANYTHING, JsonObject: { type: 'object' }, MimeBundle: { type: 'object' } };

const BASIC = [
  { flag: ts.TypeFlags.Null, schema: () => ({ type: 'null' }) },
  { flag: ts.TypeFlags.BooleanLiteral, schema: text => ({ const: text === 'true' }) },
  { flag: ts.TypeFlags.BooleanLike, schema: () => ({ type: 'boolean' }) },
  { flag: ts.TypeFlags.StringLike, schema: () => ({ type: 'string' }) },
  { flag: ts.TypeFlags.NumberLike, schema: () => ({ type: 'number' }) },
  { flag: ts.TypeFlags.Any | ts.TypeFlags.Unknown, schema: () => ANYTHING }
];

function schemaOfUnion(type, checker, defs) {
  const members = type.types.filter(member => !(member.flags & ts.TypeFlags.Undefined));
  const schemas = members.map(member => schemaOf(member, checker, defs));
  const words = schemas.flatMap(schema => ('const' in schema ? [schema.const] : []));
  const isBoolean = words.includes(true) && words.includes(false);
  const others = [
    ...(isBoolean ? [{ type: 'boolean' }] : []),
    ...schemas.filter(schema => !('const' in schema))
  ];
  const listed = isBoolean ? words.filter(word => typeof word !== 'boolean') : words;
  const all = [...(listed.length > 0 ? [enumOf(listed)] : []), ...others];
  return all.length === 1 ? all[0] : { anyOf: all };
}

function enumOf(words) {
  return words.length === 1 ? { const: words[0] } : { enum: words.toSorted() };
}

function schemaOfObject(type, checker, defs) {
  const name = type.aliasSymbol?.name ?? type.symbol?.name ?? '';
  if (name === '' || name === '__type') {
    return objectOf(type, checker, defs);
  }
  if (!(name in defs)) {
    defs[name] = {};
    Object.assign(defs[name], objectOf(type, checker, defs));
  }
  return { $ref: `#/$defs/${name}` };
}

/** Further properties are allowed: a reader must take records of a later version of the same format. */
export function objectOf(type, checker, defs) {
  const properties = {};
  const required = [];
  for (const property of checker.getPropertiesOfType(type)) {
    const description = ts.displayPartsToString(property.getDocumentationComment(checker));
    const schema = schemaOf(checker.getTypeOfSymbol(property), checker, defs);
    properties[property.name] = description === '' ? schema : { description, ...schema };
    if (!(property.flags & ts.SymbolFlags.Optional)) {
      required.push(property.name);
    }
  }
  const values = checker.getIndexInfosOfType(type)[0];
  return {
    type: 'object',
    ...(required.length > 0 ? { required } : {}),
    ...(Object.keys(properties).length > 0 ? { properties } : {}),
    ...(values ? { additionalProperties: schemaOf(values.type, checker, defs) } : {})
  };
}
