// The words as they stand in the source, with the arguments put in: what a person without a language pack sees.
import type { Words } from '../../labextension/page/words.js';

export const ENGLISH: Words = {
  __: (text, ...values) => fill(text, values),
  _n: (one, many, count, ...values) => fill(count === 1 ? one : many, [count, ...values])
};

function fill(text: string, values: readonly unknown[]): string {
  return text.replace(/%(\d)/g, (_match, index: string) => String(values[Number(index) - 1]));
}
