// `checklist`: manual steps that people tick. The cell waits until every required one is ticked.
import { ports } from '../context.js';
import { faultsOfOptions, faultsOfValue, refuseFaults } from '../usage/check-options.js';
import { flag, required, text } from '../usage/rules.js';
import { describeValue } from '../usage/describe-value.js';

/** One item: a text, or a text that may stay open. */
export type ChecklistEntry = string | { readonly text: string; readonly required?: boolean };

/**
 * Shows a list of manual steps and waits until every required item is ticked.
 *
 * Recorded: on resume a finished checklist is not asked again.
 * @param name - Of the list, for reading; not empty.
 * @param items - At least one: a text, or a text that may stay open.
 * @throws {@link UsageError} listing every fault of the items. Nothing is shown.
 * @example
 * await checklist('Closing', ['Dashboards are green', { text: 'Thank the team', required: false }])
 * // undefined, once “Dashboards are green” is ticked
 */
export async function checklist(name: string, items: readonly ChecklistEntry[]): Promise<void> {
  refuseFaults('checklist', [...faultsOfValue('The name', name, required(text)), ...faultsOfItems(items)]);
  await ports().people.check({
    name,
    items: items.map(item =>
      typeof item === 'string'
        ? { text: item, required: true }
        : { text: item.text, required: item.required ?? true }
    )
  });
}

function faultsOfItems(items: unknown): string[] {
  if (!Array.isArray(items) || items.length === 0) {
    return [`The items are ${describeValue(items)}, expected a list with at least one.`];
  }
  return items.flatMap((item: unknown, index) => {
    const where = `Item ${index + 1}`;
    const isObject = typeof item === 'object' && item !== null;
    return isObject
      ? faultsOfOptions(item, { text: required(text), required: flag }).map(fault => `${where}: ${fault}`)
      : faultsOfValue(where, item, required(text));
  });
}
