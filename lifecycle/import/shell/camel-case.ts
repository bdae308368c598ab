// Names of constants out of words of the source.

/** @example camelCase('MY-version no') // 'myVersionNo' */
export function camelCase(text: string): string {
  const words = text.match(/[A-Za-z0-9]+/g) ?? [];
  const name = words
    .map(word => (/^[A-Z0-9]+$/.test(word) ? word.toLowerCase() : word))
    .map((word, index) =>
      index === 0 ? word[0]!.toLowerCase() + word.slice(1) : word[0]!.toUpperCase() + word.slice(1)
    )
    .join('')
    .slice(0, 40);
  return name === '' ? 'value' : /^\d/.test(name) ? `value${name}` : name;
}
