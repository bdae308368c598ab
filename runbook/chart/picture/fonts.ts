// The typefaces of the pictures, the same on every machine: Noto Sans for Latin, Greek, Cyrillic, Devanagari and Arabic letters, and
// UnifontEX, which has nearly every letter of Unicode in plain form, for all others. It takes a second to read, so only where it is needed.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The family that all text begins with. */
export const FONT = 'Noto Sans';
const LAST_RESORT = 'UnifontEX';

/** The fonts that the texts of an SVG of {@link withFonts} need. */
export function fontsFor(svg: string): Uint8Array[] {
  const files = svg.includes(`"${LAST_RESORT}"`) ? [...FILES, LAST_RESORT_FILE] : FILES;
  return files.map(read);
}

/** The SVG with every run of letters that Noto Sans does not have in the other family: resvg would change the family of the whole text. */
export function withFonts(svg: string): string {
  return svg.replace(/(<text[^>]*>)([^<]*)/g, (_, start: string, text: string) => {
    const runs = text.replace(OTHERS, run => `<tspan font-family="${LAST_RESORT}">${run}</tspan>`);
    return `${start}${runs}`;
  });
}

/** Letters and signs outside of what the two fonts of the Noto family have. */
const OTHERS =
  /(?:[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Devanagari}\p{Script=Arabic}\p{Script=Inherited}\u0000-\u036f\u2000-\u206f\u20a0-\u20bf\u2116\u2122\u2212\ufeff]|\p{Emoji_Presentation})+/gu;

const FILES = [
  '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
  '@expo-google-fonts/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf'
];
const LAST_RESORT_FILE = '@fontsource/unifontex/files/unifontex-latin-400-normal.woff2';

function read(file: string): Uint8Array {
  const bytes = loaded.get(file) ?? readFileSync(createRequire(import.meta.url).resolve(file));
  loaded.set(file, bytes);
  return bytes;
}

const loaded = new Map<string, Uint8Array>();
