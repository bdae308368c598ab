// What is wrong with a text that should be JSON, without any of the text: it may be another file than it seems.

/**
 * What the error of `JSON.parse` says, without the piece of text that it quotes.
 *
 * @example
 * jsonFault(error) // 'Unexpected token is not valid JSON'
 */
export function jsonFault(error: unknown): string {
  return (error as Error).message
    .replace(/^Unexpected token '[\s\S]*is not valid JSON$/, 'Unexpected token, not valid JSON')
    .replace(/^Unexpected token [\s\S] in JSON/, 'Unexpected token in JSON')
    .replace(/^"[\s\S]*" is not valid JSON$/, 'Not valid JSON');
}
