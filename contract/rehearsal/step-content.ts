// The content of a phase: the texts of its steps, in order. Prose, outputs and the values of parameters are not in it.

/** A step with its content. */
export interface StepContent {
  /** The cell's id. */
  readonly id: string;
  readonly title: string;
  /**
   * Every SHA-256 (hex) that counts as its text: of the text itself, and of a cell tagged `parameters` also of the text without its
   * values. Empty when the text is not known: then only its place is compared.
   */
  readonly hashes: readonly string[];
}

/**
 * What is different in `now`, one sentence each; empty when the content is the same.
 *
 * @example
 * changesOfSteps(rehearsed, now) // ['The step “Deploy payments” was edited.']
 */
export function changesOfSteps(before: readonly StepContent[], now: readonly StepContent[]): string[] {
  const known = new Map(before.map(step => [step.id, step]));
  const ids = new Set(now.map(({ id }) => id));
  const kept = before.filter(({ id }) => ids.has(id));
  const keptNow = now.filter(({ id }) => known.has(id));
  return [
    ...keptNow
      .filter(step => isEdited(known.get(step.id)!, step))
      .map(({ title }) => `The step “${title}” was edited.`),
    ...before.filter(({ id }) => !ids.has(id)).map(({ title }) => `The step “${title}” was removed.`),
    ...now.filter(({ id }) => !known.has(id)).map(({ title }) => `The step “${title}” was added.`),
    ...(kept.every(({ id }, index) => id === keptNow[index]?.id) ? [] : ['The steps are in another order.'])
  ];
}

function isEdited(before: StepContent, now: StepContent): boolean {
  return (
    before.hashes.length > 0 &&
    now.hashes.length > 0 &&
    !now.hashes.some(hash => before.hashes.includes(hash))
  );
}
