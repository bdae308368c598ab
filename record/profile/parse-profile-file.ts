// A launchbook.yml as text, parsed and checked, with the line of every key. The parser loads at the first use.
import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';
import type { Document, LineCounter } from 'yaml';
import { readTextOfRun } from '../files/read-file.js';
import { ProfileError, type ProfileFault } from '../errors/profile-error.js';
import type { ProfileFile } from './profile-schema.js';
import { validateProfile } from './validate-profile.js';

/** A launchbook.yml without faults. */
export interface ParsedProfileFile {
  readonly content: ProfileFile;
  /** 1-based line of the value under these keys. */
  lineOf(path: readonly string[]): number | null;
}

/** Reads and checks the file, or `text` in its place. @throws {@link ProfileError} with every fault. */
export function parseProfileFile(file: string, text = readProfile(file)): ParsedProfileFile {
  const { LineCounter, parseDocument } = createRequire(import.meta.url)('yaml') as typeof Yaml;
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineOf = (path: readonly string[]): number | null => findLine(document, lines, path);
  if (document.errors.length > 0) {
    throw new ProfileError(
      file,
      document.errors.map(error => ({
        line: lines.linePos(error.pos[0]).line,
        message: wordSyntax(error.message)
      }))
    );
  }
  const content: unknown = document.toJS();
  const faults = validateProfile(content);
  if (faults.length > 0) {
    throw new ProfileError(
      file,
      faults.map((fault): ProfileFault => ({ line: lineOf(fault.path), message: fault.message }))
    );
  }
  return { content: content as ProfileFile, lineOf };
}

function readProfile(file: string): string {
  try {
    return readTextOfRun(file, 'profile');
  } catch (error) {
    throw new ProfileError(file, [
      { line: null, message: `It cannot be read: ${(error as Error).message}.` }
    ]);
  }
}

function wordSyntax(message: string): string {
  return `Not valid YAML: ${message.replace(/\s+at line[\s\S]*$/, '')}. A \${NAME} inside { } must stand in quotes.`;
}

function findLine(document: Document, lines: LineCounter, path: readonly string[]): number | null {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as
      { readonly range?: readonly number[] | null } | undefined;
    if (node?.range?.[0] !== undefined) {
      return lines.linePos(node.range[0]).line;
    }
  }
  return null;
}
