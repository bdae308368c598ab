// What an approval is bound to, part by part, and the words for each difference.
// The approval's content hash is taken over this; keeping the parts lets a stale approval say what has changed.

/** A cell that was approved. Its text is kept as SHA-256 (hex). */
export interface BoundCell {
  /** Id of the cell; empty in notebooks without ids. */
  readonly id: string;
  readonly type: string;
  /** First words of the cell, for reading. */
  readonly title: string;
  /** Texts that count as this content: that of the file and, when it was executed before it was saved, that one too. */
  readonly hashes: readonly string[];
}

/** Everything that an approval is bound to. Outputs, metadata and prose outside of the phase are not in it. */
export interface ContentBinding {
  /** False: the file did not know the cell that asked, so that cells which come to it later were not added. */
  readonly isWhole: boolean;
  /** Cells of the phase in order, its heading first. */
  readonly cells: readonly BoundCell[];
  /** Cells tagged `parameters` outside of the phase, in order. */
  readonly parameterCells: readonly BoundCell[];
  /** Ids of all phases in order. */
  readonly phases: readonly string[];
  readonly environment: string | null;
  readonly release: string | null;
  /** The run's parameters by name: for reading, and as SHA-256 (hex) because the journal masks what is for reading. */
  readonly parameters: { readonly [name: string]: { readonly text: string; readonly hash: string } };
  /** SHA-256 (hex) of each piece of evidence, by label. */
  readonly evidence: { readonly [label: string]: string };
  /** SHA-256 (hex) of the question. */
  readonly question: string;
  /** SHA-256 (hex) of what the policy asked of this hold point. A change of it alone makes nothing stale. Absent in older journals. */
  readonly policy?: string;
}

/**
 * What is different in `now`, one sentence each; empty when the approval still stands.
 * Phases that were added or removed do not count, phases in another order do.
 *
 * @example
 * changesSince(bound, now) // ['The step “Deploy payments” was edited.', 'The parameter batchSize was 10 and is 20.']
 */
export function changesSince(bound: ContentBinding, now: ContentBinding): string[] {
  return [
    ...changedFacts(bound, now),
    ...changedParameters(bound.parameters, now.parameters),
    ...changedCells(bound.cells, now.cells, bound.isWhole && now.isWhole),
    ...changedCells(bound.parameterCells, now.parameterCells, true),
    ...changedOrder(bound.phases, now.phases, 'The phases are in another order.'),
    ...changedEvidence(bound.evidence, now.evidence)
  ];
}

function changedFacts(bound: ContentBinding, now: ContentBinding): string[] {
  return [
    ...(bound.environment === now.environment
      ? []
      : [`The environment was ${bound.environment ?? 'none'} and is ${now.environment ?? 'none'}.`]),
    ...(bound.release === now.release
      ? []
      : [`The release was ${bound.release ?? 'none'} and is ${now.release ?? 'none'}.`]),
    ...(bound.question === now.question ? [] : ['The question is another one.'])
  ];
}

function changedParameters(bound: ContentBinding['parameters'], now: ContentBinding['parameters']): string[] {
  return [...new Set([...Object.keys(bound), ...Object.keys(now)])]
    .filter(name => bound[name]?.hash !== now[name]?.hash)
    .map(
      name =>
        `The parameter ${name} was ${bound[name]?.text ?? 'absent'} and is ${now[name]?.text ?? 'absent'}.`
    );
}

function changedCells(bound: readonly BoundCell[], now: readonly BoundCell[], isWhole: boolean): string[] {
  const keys = keysOf(bound);
  const keysNow = keysOf(now);
  const edited = bound.filter((cell, index) => {
    const other = now[keysNow.indexOf(keys[index]!)];
    return other && (other.type !== cell.type || !other.hashes.every(hash => cell.hashes.includes(hash)));
  });
  const words = (cell: BoundCell): string => `The ${cell.type === 'code' ? 'step' : 'text'} “${cell.title}”`;
  return [
    ...edited.map(cell => `${words(cell)} was edited.`),
    ...bound.filter((_, index) => !keysNow.includes(keys[index]!)).map(cell => `${words(cell)} was removed.`),
    ...now
      .filter((_, index) => isWhole && !keys.includes(keysNow[index]!))
      .map(cell => `${words(cell)} was added.`),
    ...changedOrder(keys, keysNow, 'The cells are in another order.')
  ];
}

/** Cells are known by id; without ids by their place. */
function keysOf(cells: readonly BoundCell[]): string[] {
  return cells.map((cell, index) => cell.id || `#${index}`);
}

function changedOrder(bound: readonly string[], now: readonly string[], words: string): string[] {
  const kept = bound.filter(id => now.includes(id));
  const keptNow = now.filter(id => bound.includes(id));
  return kept.every((id, index) => id === keptNow[index]) ? [] : [words];
}

function changedEvidence(bound: ContentBinding['evidence'], now: ContentBinding['evidence']): string[] {
  return [...new Set([...Object.keys(bound), ...Object.keys(now)])]
    .filter(label => bound[label] !== now[label])
    .map(label => `The evidence “${label}” is another one.`);
}
