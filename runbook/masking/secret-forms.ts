// The texts in which a secret can appear: as it is, and as encoders, quoters and printers write it.
// Base64 of a longer text shows the secret at one of three alignments; of each we know the characters that depend on it alone.
import { inspect } from 'node:util';
import type { Gap } from './automaton.js';
import { htmlText, markdownText, slackText, visibleText } from '../../contract/base/escape.js';

/** One text to look for. */
export interface SecretForm {
  readonly text: string;
  /** Programs break what they encode into lines (base64, fold) and set bytes apart (od, a printed Buffer). */
  readonly gap: Gap;
}

/** Shorter values, and shorter forms of them, would mask ordinary words. */
export const SHORTEST_SECRET = 4;

/** Lines of a secret of several lines are masked one by one when they have at least this many characters. */
const SHORTEST_LINE = 12;

/** Of longer values the rare forms are not looked for: the search would need too much memory. In bytes. */
const LONGEST_FOR_RARE = 512;

/** Node prints no more bytes of one. */
const SHOWN_OF_BUFFER = 50;

/** A line of a value with at least this many characters may be folded. */
const SHORTEST_FOLDED = 8;

/** Every form of `value`, each once. */
export function formsOf(value: string): readonly SecretForm[] {
  const whole = [value, value.trim()];
  const bytes = whole.map(text => Buffer.from(text));
  const rare = bytes.filter(({ length }) => length <= LONGEST_FOR_RARE);
  const forms: { readonly [gap in Gap]: readonly string[] } = {
    none: [...whole, ...linesOf(value)].flatMap(writtenForms),
    breaks: [
      ...whole.filter(({ length }) => length >= SHORTEST_FOLDED),
      ...bytes.flatMap(base64Forms),
      ...rare.flatMap(rareForms)
    ],
    blanks: [...bytes.flatMap(hexForms), ...rare.flatMap(byteForms)]
  };
  return (['blanks', 'breaks', 'none'] as const).flatMap(gap =>
    [...new Set(forms[gap].filter(isLongEnough))].map(text => ({ text, gap }))
  );
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
  const html = htmlText(value);
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
    // As our own writers show it; the first sign of a line is another one in Markdown.
    visibleText(value),
    slackText(value),
    markdownText(value),
    markdownText(`x${value}`).slice(1),
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

function base64Forms(bytes: Buffer): string[] {
  const forms = [bytes.toString('base64'), ...[0, 1, 2].map(alignment => alignedBase64(bytes, alignment))];
  return [...forms, ...forms.map(text => text.replaceAll('+', '-').replaceAll('/', '_'))];
}

/** The whole, and what Node shows of a long Buffer. */
function hexForms(bytes: Buffer): string[] {
  return [bytes, bytes.subarray(0, SHOWN_OF_BUFFER)].flatMap(part => inBothCases(part.toString('hex')));
}

/** Encoded twice, as a secret of Kubernetes in a manifest; in UTF-16, as PowerShell does; bytes with a sign between them. */
function rareForms(bytes: Buffer): string[] {
  const text = bytes.toString('utf8');
  const wide = Buffer.from(text, 'utf16le');
  const hex = [...bytes].map(byte => byte.toString(16).padStart(2, '0'));
  return [
    ...[bytes.toString('base64'), ...[0, 1, 2].map(alignment => alignedBase64(bytes, alignment))].flatMap(
      encoded => base64Forms(Buffer.from(encoded))
    ),
    ...base64Forms(wide),
    wide.toString('latin1'),
    ...inBothCases(hex.join(':')),
    ...inBothCases(hex.join('-')),
    ...[hex.join('\\x'), hex.join('\\x').toUpperCase().replaceAll('X', 'x')]
  ];
}

/** Bytes as numbers: a list in JSON, `0x73, 0x65`, and what od prints: hexadecimal, decimal and octal, of one byte and of two. */
function byteForms(bytes: Buffer): string[] {
  const hex = [...bytes].map(byte => byte.toString(16).padStart(2, '0'));
  const swapped = Buffer.from(
    bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(1)])
  ).swap16();
  return [
    [...bytes].join(','),
    [...bytes].join(''),
    [...bytes].map(byte => byte.toString(8).padStart(3, '0')).join(''),
    ...inBothCases(hex.map(byte => `0x${byte}`).join(',')).map(text => text.replaceAll('X', 'x')),
    ...inBothCases(swapped.toString('hex')),
    ...inBothCases(Buffer.from(bytes.toString('utf8'), 'utf16le').toString('hex'))
  ];
}

function inBothCases(hex: string): string[] {
  return [hex, hex.toUpperCase()];
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
