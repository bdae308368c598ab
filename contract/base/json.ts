// JSON as a type: what journal records, comm messages and MIME payloads are made of.

/** Any value that survives `JSON.parse(JSON.stringify(value))` unchanged. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object. Absent keys are `undefined` here and left out of the text. */
export type JsonObject = { readonly [key: string]: Json | undefined };

/** A MIME bundle: content type to content, as in Jupyter's `display_data`. JSON types are unpacked, text types are one string. */
export type MimeBundle = { readonly [mimeType: string]: Json };
