// Is the manifest one that `launchbook archive` wrote? It has one spelling, and carries the hash of itself.
import { MANIFEST_FORMAT, sealed, type Manifest } from './manifest.js';
import { firstDifferentLine, lineOfSyntaxError, lineOfText } from '../findings/line-of.js';
import type { Finding } from '../findings/verification.js';

/** The manifest, or null when it is none. */
export function readManifest(bytes: Buffer): Manifest | null {
  try {
    const manifest = JSON.parse(bytes.toString('utf8')) as Manifest;
    const isManifest =
      Array.isArray(manifest.cells) &&
      Array.isArray(manifest.edited) &&
      (manifest.tokens === undefined || isFileList(manifest.tokens)) &&
      typeof manifest.notebook?.sha256 === 'string' &&
      typeof manifest.journal?.sha256 === 'string';
    return isManifest ? manifest : null;
  } catch {
    return null;
  }
}

function isFileList(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every(
      (file: { name?: unknown; sha256?: unknown } | null) =>
        typeof file?.name === 'string' && typeof file.sha256 === 'string'
    )
  );
}

/** Every way in which the manifest does not hold by itself. */
export function manifestFindings(file: string, bytes: Buffer, manifest: Manifest | null): Finding[] {
  const text = bytes.toString('utf8');
  if (manifest === null) {
    return [{ file, line: lineOfSyntaxError(text), code: 'manifest.unreadable', text: 'is no manifest' }];
  }
  if (manifest.format > MANIFEST_FORMAT) {
    const seen = `has format ${manifest.format}, this version reads up to ${MANIFEST_FORMAT}`;
    return [{ file, line: lineOfText(text, '"format"'), code: 'manifest.newer', text: seen }];
  }
  const spelled = `${JSON.stringify(manifest, null, 1)}\n`;
  if (!bytes.equals(Buffer.from(spelled))) {
    const line = firstDifferentLine(text, spelled) ?? 1;
    return [{ file, line, code: 'manifest.changed', text: 'is not as a manifest is written' }];
  }
  return sealed(manifest) === spelled
    ? []
    : [
        {
          file,
          line: lineOfText(text, '"self"'),
          code: 'manifest.changed',
          text: 'is not the hash of the lines above it: one of them was changed'
        }
      ];
}
