// What has become of the steps of a run since it began: cells that were deleted, added, moved or tagged.
import type { Outline, StepOutline } from './outline.js';

/** A step that is not where or what it was. */
export interface StepChange {
  readonly id: string;
  readonly title: string;
  /** Title of its phase, in the outline that has it. */
  readonly phase: string;
  readonly how: 'deleted' | 'added' | 'moved' | 'marked optional' | 'marked not optional';
}

/**
 * The differences between two outlines of one run, in the order of the earlier one; what was added comes last. Of steps in another
 * order, as few as possible are told as moved.
 *
 * @example
 * outlineChanges(atStart, outline) // [{ id: 'deploy', title: 'Deploy orders', phase: 'Deployment', how: 'deleted' }]
 */
export function outlineChanges(before: Outline, after: Outline): StepChange[] {
  const earlier = stepsOf(before);
  const later = new Map(stepsOf(after).map((step, place) => [step.id, { ...step, place }]));
  const kept = earlier.filter(({ id }) => later.has(id));
  const inPlace = new Set(inOrder(kept.map(({ id }) => later.get(id)!.place)).map(index => kept[index]!.id));
  const known = new Set(earlier.map(({ id }) => id));
  return [
    ...earlier.flatMap(step => {
      const now = later.get(step.id);
      return [
        ...(now === undefined ? ['deleted' as const] : []),
        ...(now !== undefined && !inPlace.has(step.id) ? ['moved' as const] : []),
        ...(now?.isOptional && !step.isOptional ? ['marked optional' as const] : []),
        ...(now && !now.isOptional && step.isOptional ? ['marked not optional' as const] : [])
      ].map(how => changeOf(step, how));
    }),
    ...[...later.values()].filter(({ id }) => !known.has(id)).map(step => changeOf(step, 'added'))
  ];
}

type PlacedStep = StepOutline & { readonly phase: string };

function stepsOf({ phases }: Outline): PlacedStep[] {
  return phases.flatMap(phase => phase.steps.map(step => ({ ...step, phase: phase.title })));
}

function changeOf({ id, title, phase }: PlacedStep, how: StepChange['how']): StepChange {
  return { id, title, phase, how };
}

/** Indexes of a longest part of the list that grows. */
function inOrder(places: readonly number[]): number[] {
  const before: number[] = [];
  /** By length, the index at which a growing part of this length ends lowest. */
  const ends: number[] = [];
  places.forEach((place, index) => {
    const longer = ends.findIndex(end => places[end]! > place);
    const length = longer < 0 ? ends.length : longer;
    before.push(length === 0 ? -1 : ends[length - 1]!);
    ends[length] = index;
  });
  const found: number[] = [];
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at]!) {
    found.unshift(at);
  }
  return found;
}
