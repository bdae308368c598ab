// A secret that was learned after a text was recorded is masked wherever the text is shown later.

const MASK = /«secret [^»]+»/;

/** True when two values of JSON are the same but for masks in the texts of `shown`. Words of a closed set are no place for a mask. */
export function isSameBesideMasks(shown: unknown, whole: unknown): boolean {
  if (typeof shown === 'string' && typeof whole === 'string') {
    return shown === whole || isMaskedFrom(shown, whole);
  }
  if (typeof shown !== 'object' || typeof whole !== 'object' || shown === null || whole === null) {
    return shown === whole;
  }
  if (Array.isArray(shown) && Array.isArray(whole) && [...shown, ...whole].every(isText)) {
    return isSameBesideMasks(shown.join(''), whole.join(''));
  }
  const [a, b] = [shown, whole] as { readonly [key: string]: unknown }[];
  const keys = Object.keys(a!);
  return (
    keys.length === Object.keys(b!).length &&
    keys.every(key => Object.hasOwn(b!, key) && isSameBesideMasks(a![key], b![key]))
  );
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

/** What stands between the masks stands in the same order in the whole text. */
function isMaskedFrom(shown: string, whole: string): boolean {
  const parts = shown.split(new RegExp(MASK, 'g'));
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  if (
    parts.length < 2 ||
    !whole.startsWith(first) ||
    !whole.endsWith(last) ||
    first.length + last.length > whole.length
  ) {
    return false;
  }
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = whole.indexOf(part, at);
    if (found < 0) {
      return false;
    }
    at = found + part.length;
  }
  return at <= whole.length - last.length;
}
