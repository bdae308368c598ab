// Pictures that stand in a document as data: they become files beside the notebook, because a cell with megabytes of Base64 cannot be read.
import { createHash } from 'node:crypto';
import type { Picture } from '../document/source.js';

/** The Markdown with names of files in the place of data. */
export function withoutPictures(
  markdown: string,
  name: string
): { readonly markdown: string; readonly pictures: readonly Picture[] } {
  const pictures = new Map<string, Picture>();
  const folder = `${name.replace(/\.\w+$/, '').replace(/[^\w-]+/g, '-')}.files`;
  const text = markdown.replace(DATA, (_, kind: string, data: string) => {
    const base64 = data.replace(/\s+/g, '');
    const file = `${createHash('sha256').update(base64).digest('hex').slice(0, 12)}.${kind === 'jpeg' ? 'jpg' : kind}`;
    pictures.set(file, { name: `${folder}/${file}`, base64 });
    return `${folder}/${file}`;
  });
  return { markdown: text, pictures: [...pictures.values()] };
}

/** Of a raster picture: a drawing in SVG may hold a script. */
const DATA = /data:image\/(png|jpeg|gif|webp);base64,([A-Za-z0-9+/=]+)/g;
