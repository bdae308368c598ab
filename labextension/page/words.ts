// The part of JupyterLab's translation bundle that logic without JupyterLab needs, so that it can be tested alone.

/** Translates; `%1`, `%2` … stand for the arguments. JupyterLab's `TranslationBundle` fits. */
export interface Words {
  __(text: string, ...values: unknown[]): string;
  _n(one: string, many: string, count: number, ...values: unknown[]): string;
}
