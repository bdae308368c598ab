// The texts in which a secret can appear: as it is, and as encoders, quoters and printers write it.
// Base64 of a longer text shows the secret at one of three alignments; of each we know the characters that depend on it alone.
import { inspect } from 'node:util';

/** One text to look for. */
export interface SecretForm {
  readonly text: string;
  /** Programs break it into lines (base64, xxd), so line breaks inside it do not end it. */
  readonly isWrapped: boolean;
}

/** Shorter values, and shorter forms of them, would mask ordinary words. */
export const SHORTEST_SECRET = 4;

/** Lines of a secret of several lines are masked one by one when they have at least this many characters. */
const SHORTEST_LINE = 12;

/** Every form of `value`, each once. */
export function formsOf(value: string): readonly SecretForm[] {
  const plain = new Set([value, value.trim(), ...linesOf(value)].flatMap(writtenForms).filter(isLongEnough));
  const wrapped = new Set(
    [value, value.trim()].flatMap(text => encodedForms(Buffer.from(text))).filter(isLongEnough)
  );
  return [
    ...[...plain].map(text => ({ text, isWrapped: false })),
    ...[...wrapped].map(text => ({ text, isWrapped: true }))
  ];
}

function isLongEnough(text: string): boolean {
  return text.length >= SHORTEST_SECRET;
}

function linesOf(value: string): string[] {
  const lines = value.split(/\r?\n/);
  return lines.length > 1
    ? lines.map(line => line.trim()).filter(line => line.length >= SHORTEST_LINE && !line.startsWith('-----'))
    : [];
}

function writtenForms(value: string): string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const ascii = json.replace(/[\u007f-\uffff]/g, sign => `\\u${hexOf(sign)}`);
  const html = value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  return [
    value,
    value.replace(/\r?\n/g, '\r\n'),
    // Bytes of UTF-8 that somebody took for Latin-1.
    Buffer.from(value).toString('latin1'),
    json,
    JSON.stringify(json).slice(1, -1),
    json.replaceAll('/', '\\/'),
    ascii,
    ascii.replace(/\\u[\da-f]{4}/g, code => `\\u${code.slice(2).toUpperCase()}`),
    inspect(value, { breakLength: Infinity }).slice(1, -1),
    html,
    html.replaceAll('"', '&quot;'),
    html.replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
    html.replaceAll('"', '&#34;').replaceAll("'", '&#39;'),
    html.replaceAll('"', '&quot;').replaceAll("'", '&#x27;'),
    html.replaceAll('"', '&quot;').replaceAll("'", '&apos;'),
    value.replace(/[\\`*_[\]<>|#~]/g, '\\$&'),
    // As one quoted word of a shell.
    value.replaceAll("'", "'\\''"),
    value.replaceAll("'", `'"'"'`),
    value.replaceAll("'", `'"'"'`).replaceAll('\\', `'"\\\\"'`),
    ...urlForms(value)
  ];
}

function urlForms(value: string): string[] {
  const component = encodeURIComponent(value.toWellFormed());
  const strict = component.replace(/[!'()*]/g, sign => `%${hexOf(sign).slice(2).toUpperCase()}`);
  const forms = [
    component,
    strict,
    strict.replaceAll('%20', '+'),
    component.replaceAll('%20', '+'),
    encodeURI(value.toWellFormed()),
    new URLSearchParams({ v: value }).toString().slice(2),
    Buffer.from(value).toString('hex').toUpperCase().replace(/../g, '%$&')
  ];
  return forms.flatMap(form => [form, form.replace(/%[\dA-F]{2}/g, code => code.toLowerCase())]);
}

function encodedForms(bytes: Buffer): string[] {
  const hex = bytes.toString('hex');
  const base64 = [0, 1, 2].flatMap(alignment => [
    alignedBase64(bytes, alignment),
    ...(alignment === 0 ? [bytes.toString('base64')] : [])
  ]);
  return [
    hex,
    hex.toUpperCase(),
    ...base64,
    ...base64.map(text => text.replaceAll('+', '-').replaceAll('/', '_'))
  ];
}

/** The characters of Base64 that `bytes` decide alone when `alignment` other bytes stand before them. */
function alignedBase64(bytes: Buffer, alignment: number): string {
  const text = Buffer.concat([Buffer.alloc(alignment), bytes]).toString('base64');
  const bits = (alignment + bytes.length) * 8;
  return text.slice(Math.ceil((alignment * 8) / 6), Math.floor(bits / 6));
}

function hexOf(sign: string): string {
  return sign.charCodeAt(0).toString(16).padStart(4, '0');
}
