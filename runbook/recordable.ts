// Values that come back from a record as they went in. Anything else is refused before its effect counts as done, because a
// resume would give back something different.
import type { Json } from '../contract/base/json.js';
import { jsonText } from './text/cell-text.js';
import { UsageError } from './errors/usage-error.js';
import { isJson } from './is-json.js';
import { describeValue } from './usage/describe-value.js';

/**
 * `value` as JSON; nothing becomes null.
 *
 * @throws {@link UsageError} with the code that is given.
 */
export function recordable(code: 'record.not_json' | 'poll.not_json', name: string, value: unknown): Json {
  const json = value === undefined ? null : value;
  if (!isJson(json)) {
    throw new UsageError(
      `The result of '${name}' is ${describeValue(value)} and would not come back the same from the record: ${jsonText(value, 0).slice(0, 200)}`,
      {
        code,
        hint: 'Return plain data: texts, finite numbers, true, false, null, lists and plain objects. The function was called.'
      }
    );
  }
  return json;
}
