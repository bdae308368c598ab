// The one argument of head and tail: how many rows, as `20` or `limit=20`.
import { SearchFault } from './row.ts';

export function parseRowCount(text: string, command: string): number {
  const [, digits] = /^\s*(?:limit\s*=\s*)?(\d*)\s*$/.exec(text) ?? [];
  if (digits === undefined)
    throw new SearchFault(`Error in '${command}' command: "${text.trim()}" is not a number of rows.`);
  return digits === '' ? 10 : Number(digits);
}
