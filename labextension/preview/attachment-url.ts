// The address under which a browser shows an attachment of a cell. Pictures only: anything else could be a page with scripts.

const PICTURES: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/bmp'
]);

/** A data URL, or null when the bundle (MIME type to base64 text) has no picture. */
export function attachmentUrl(bundle: { readonly [mimeType: string]: unknown } | undefined): string | null {
  for (const [mimeType, data] of Object.entries(bundle ?? {})) {
    if (PICTURES.has(mimeType) && typeof data === 'string') {
      return `data:${mimeType};base64,${data.replace(/\s+/g, '')}`;
    }
  }
  return null;
}
