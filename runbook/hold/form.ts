// The small form of an approval: what an author writes, as fields that a front end can draw and the kernel can check.
import type { FormField } from '../../contract/holds/hold-rules.js';
import { describeValue } from '../usage/describe-value.js';
import { isPlainObject } from '../usage/rules.js';

/** One field: its type, the choices, or both with a label. Required unless `required: false`. */
export type FieldOption =
  | 'text'
  | 'number'
  | 'boolean'
  | readonly string[]
  | {
      readonly type?: 'text' | 'number' | 'boolean';
      readonly choices?: readonly string[];
      readonly label?: string;
      readonly required?: boolean;
    };

/**
 * @example
 * readForm({ window: ['now', 'tonight'] })
 * // [{ name: 'window', label: 'window', type: 'choice', choices: ['now', 'tonight'], required: true }]
 */
export function readForm(form: { readonly [name: string]: FieldOption }): FormField[] {
  return Object.entries(form).map(([name, field]) => {
    const full = typeof field === 'string' ? { type: field } : isChoices(field) ? { choices: field } : field;
    return {
      name,
      label: full.label ?? name,
      type: full.choices ? 'choice' : (full.type ?? 'text'),
      choices: full.choices ?? [],
      required: full.required ?? true
    };
  });
}

/** Every fault of a form; none when {@link readForm} may read it. */
export function faultsOfForm(form: unknown): string[] {
  if (form === undefined) {
    return [];
  }
  if (!isPlainObject(form)) {
    return [`'form' is ${describeValue(form)}, expected an object of fields.`];
  }
  return Object.entries(form).flatMap(([name, field]) =>
    isField(field)
      ? []
      : [
          `'form.${name}' is ${describeValue(field)}, expected text, number, boolean, a list of at least two choices, or an object with type or choices.`
        ]
  );
}

function isField(field: unknown): boolean {
  if (typeof field === 'string') {
    return TYPES.includes(field);
  }
  if (isChoices(field)) {
    return field.length > 1 && field.every(choice => typeof choice === 'string' && choice !== '');
  }
  if (!isPlainObject(field)) {
    return false;
  }
  const { type, choices, label, required, ...unknown } = field;
  return (
    Object.keys(unknown).length === 0 &&
    (type === undefined || TYPES.includes(String(type))) &&
    (choices === undefined || (isChoices(choices) && isField(choices))) &&
    (label === undefined || (typeof label === 'string' && label !== '')) &&
    (required === undefined || typeof required === 'boolean')
  );
}

function isChoices(field: unknown): field is readonly string[] {
  return Array.isArray(field);
}

const TYPES = ['text', 'number', 'boolean'];
