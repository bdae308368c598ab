// Looks for secrets in files before they are committed: known values in every written form, and whatever a kept scanner of
// credentials finds. A finding never shows the secret.
import { formsOf } from '../../runbook/masking/secret-forms.js';
import { Masker, type KnownSecret } from '../../runbook/masking/masker.js';
import { readableTexts, type ReadableText } from './readable-texts.js';
import { scanForCredentials } from './credential-scanner.js';

/** A file that is to be committed. */
export interface SearchedFile {
  readonly name: string;
  readonly content: string;
}

/** A secret in a file. */
export interface SecretFinding {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly place: string;
  /** `the secret DEPLOY_TOKEN`, `a GitHub token`. */
  readonly what: string;
}

/** What was searched. */
export interface SecretSearch {
  readonly findings: readonly SecretFinding[];
  readonly files: number;
  readonly secrets: number;
  /** The most written forms of one secret that were looked for: plain, JSON, URL, HTML, shell, Base64, hexadecimal. */
  readonly forms: number;
}

/** Searches every file. */
export async function findSecrets(
  files: readonly SearchedFile[],
  secrets: readonly KnownSecret[]
): Promise<SecretSearch> {
  const maskers = secrets.map(secret => ({ name: secret.name, masker: new Masker([secret]) }));
  const findings: SecretFinding[] = [];
  for (const { name, content } of files) {
    const texts = readableTexts(name, content);
    findings.push(...knownIn(name, texts, maskers), ...(await credentialsIn(name, texts)));
  }
  return {
    findings,
    files: files.length,
    secrets: secrets.length,
    forms: Math.max(0, ...secrets.map(({ value }) => formsOf(value).length))
  };
}

interface NamedMasker {
  readonly name: string;
  readonly masker: Masker;
}

/** The nearest place of each secret in a file: the whole file is told only when no part of it shows the secret. */
function knownIn(
  file: string,
  texts: readonly ReadableText[],
  maskers: readonly NamedMasker[]
): SecretFinding[] {
  return maskers.flatMap(({ name, masker }) => {
    const found = texts.filter(({ text }) => masker.text(text) !== text);
    const [whole, ...parts] = found;
    if (whole === undefined) {
      return [];
    }
    const shown = whole.place === 'the file' && parts.length > 0 ? parts : found;
    return shown.map(text => ({
      file,
      line: lineOfFinding(text, masker),
      place: text.place,
      what: `the secret ${name}`
    }));
  });
}

/** In a whole file the line can be counted: everything before the first masked place is unchanged. */
function lineOfFinding({ line, place, text }: ReadableText, masker: Masker): number {
  if (place !== 'the file') {
    return line;
  }
  const masked = masker.text(text);
  let same = 0;
  while (same < masked.length && masked[same] === text[same]) {
    same++;
  }
  return text.slice(0, same).split('\n').length;
}

async function credentialsIn(file: string, texts: readonly ReadableText[]): Promise<SecretFinding[]> {
  const [whole, ...parts] = texts;
  const inFile = await scanForCredentials(whole?.text ?? '');
  // One scan for all parts: they are short and many.
  const joined = parts.map(part => part.text.replaceAll('\u2029', ' ')).join('\u2029\n');
  const known = new Set(inFile.map(({ what }) => what));
  const inParts = (await scanForCredentials(joined)).filter(({ what }) => !known.has(what));
  return [
    ...inFile.map(({ line, what }) => ({ file, line, place: 'the file', what })),
    ...inParts.map(({ offset, what }) => {
      const part = parts[joined.slice(0, offset).split('\u2029\n').length - 1];
      return { file, line: part?.line ?? 1, place: part?.place ?? 'the file', what };
    })
  ];
}
