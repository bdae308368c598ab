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

/** Everything that an approval is bound to. Outputs, metadata and prose outside of what it releases are not in it. */
export interface ContentBinding {
  /** How far it goes: to the next hold point or the end. Absent in older journals: to the end of its phase, and `phases` is not hashed. */
  readonly reach?: 'next-hold';
  /** False: the file did not know the cell that asked, so that cells which come to it later were not added. */
  readonly isWhole: boolean;
  /**
   * Cells in order: those of its phase, its heading first, and those after it up to the next cell that holds, which is one of them because
   * what stands before its question runs by this approval.
   */
  readonly cells: readonly BoundCell[];
  /** Cells tagged `parameters` that are not among `cells`, in order. */
  readonly parameterCells: readonly BoundCell[];
  /** Ids of the phases that `cells` are in, in order; in older journals of all phases. */
  readonly phases: readonly string[];
  /** Title of the phase of the cell that asked, by which the policy is found. Absent in older journals. */
  readonly phase?: string;
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
  /** SHA-256 (hex) of the rules of the request: who, how many, how sure, and the form. Absent in older journals. */
  readonly rules?: string;
}

/** A part of a binding. */
export type ContentPart = keyof Omit<ContentBinding, 'isWhole' | 'reach'>;

/** One difference between what was approved and what is. */
export interface ContentChange {
  readonly part: ContentPart;
  /** Id of the cell, name of the parameter or label of the evidence; null when the part is one fact or an order. */
  readonly name: string | null;
  /** One sentence. */
  readonly text: string;
}

/**
 * What is different in `now`, one sentence each; empty when the approval still stands.
 * Phases that were added or removed do not count, phases in another order do.
 *
 * @example
 * changesSince(bound, now) // ['The step “Deploy payments” was edited.', 'The parameter batchSize was 10 and is 20.']
 */
export function changesSince(bound: ContentBinding, now: ContentBinding): string[] {
  return contentChanges(bound, now).map(({ text }) => text);
}

/**
 * The same with the place of each difference.
 *
 * @example
 * contentChanges(bound, now)[0] // { part: 'cells', name: 'deploy', text: 'The step “Deploy payments” was edited.' }
 */
export function contentChanges(bound: ContentBinding, now: ContentBinding): ContentChange[] {
  return [
    ...changedFacts(bound, now),
    ...changedParameters(bound.parameters, now.parameters),
    ...changedCells('cells', bound.cells, now.cells, bound.isWhole && now.isWhole),
    ...changedCells('parameterCells', bound.parameterCells, now.parameterCells, true),
    ...changedOrder('phases', bound.phases, now.phases, 'The phases are in another order.'),
    ...changedEvidence(bound.evidence, now.evidence)
  ];
}

function changedFacts(bound: ContentBinding, now: ContentBinding): ContentChange[] {
  const facts = (['environment', 'release'] as const).filter(part => bound[part] !== now[part]);
  return [
    ...facts.map(part => ({
      part,
      name: null,
      text: `The ${part} was ${bound[part] ?? 'none'} and is ${now[part] ?? 'none'}.`
    })),
    ...(bound.phase === now.phase
      ? []
      : [
          {
            part: 'phase' as const,
            name: null,
            text: `It was asked in the phase “${bound.phase ?? ''}” and is in “${now.phase ?? ''}”.`
          }
        ]),
    ...(bound.question === now.question
      ? []
      : [{ part: 'question' as const, name: null, text: 'The question has changed.' }])
  ];
}

function changedParameters(
  bound: ContentBinding['parameters'],
  now: ContentBinding['parameters']
): ContentChange[] {
  return [...new Set([...Object.keys(bound), ...Object.keys(now)])]
    .filter(name => bound[name]?.hash !== now[name]?.hash)
    .map(name => ({
      part: 'parameters',
      name,
      text: `The parameter ${name} was ${bound[name]?.text ?? 'absent'} and is ${now[name]?.text ?? 'absent'}.`
    }));
}

function changedCells(
  part: 'cells' | 'parameterCells',
  bound: readonly BoundCell[],
  now: readonly BoundCell[],
  isWhole: boolean
): ContentChange[] {
  const keys = keysOf(bound);
  const keysNow = keysOf(now);
  const change = (cell: BoundCell, verb: string): ContentChange => ({
    part,
    name: cell.id,
    text: `The ${cell.type === 'code' ? 'step' : 'text'} “${cell.title}” was ${verb}.`
  });
  const edited = bound.filter((cell, index) => {
    const other = now[keysNow.indexOf(keys[index]!)];
    return other && (other.type !== cell.type || !other.hashes.every(hash => cell.hashes.includes(hash)));
  });
  return [
    ...edited.map(cell => change(cell, 'edited')),
    ...bound.filter((_, index) => !keysNow.includes(keys[index]!)).map(cell => change(cell, 'removed')),
    ...now
      .filter((_, index) => isWhole && !keys.includes(keysNow[index]!))
      .map(cell => change(cell, 'added')),
    ...changedOrder(part, keys, keysNow, 'The cells are in another order.')
  ];
}

/** Cells are known by id; without ids by their place. */
function keysOf(cells: readonly BoundCell[]): string[] {
  return cells.map((cell, index) => cell.id || `#${index}`);
}

function changedOrder(
  part: ContentPart,
  bound: readonly string[],
  now: readonly string[],
  text: string
): ContentChange[] {
  const kept = bound.filter(id => now.includes(id));
  const keptNow = now.filter(id => bound.includes(id));
  return kept.every((id, index) => id === keptNow[index]) ? [] : [{ part, name: null, text }];
}

function changedEvidence(
  bound: ContentBinding['evidence'],
  now: ContentBinding['evidence']
): ContentChange[] {
  return [...new Set([...Object.keys(bound), ...Object.keys(now)])]
    .filter(label => bound[label] !== now[label])
    .map(label => ({ part: 'evidence', name: label, text: `The evidence “${label}” has changed.` }));
}
