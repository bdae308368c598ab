// The lists of a plan: each with its number in the heading; an empty list is left out.
import { makeElement } from '../../page/element.js';
import type { Tone } from '../../page/status-look.js';

/** What stands in a line of a list. */
export interface PlanLine {
  readonly text: string;
  /** Said in quieter letters behind it. */
  readonly more?: string;
}

/** One list of a plan. */
export interface PlanList {
  readonly title: string;
  readonly lines: readonly PlanLine[];
  /** What the list means. */
  readonly about?: string;
  readonly isOrdered?: boolean;
  readonly tone?: Tone;
}

/** The list as a section, or nothing. */
export function makePlanList({ title, lines, about, isOrdered = false, tone }: PlanList): readonly Node[] {
  if (lines.length === 0) {
    return [];
  }
  const items = lines.map(({ text, more }) =>
    makeElement(
      'li',
      { class: 'lb-Plan-step', text },
      ...(more ? [makeElement('span', { class: 'lb-Plan-extra', text: ` ${more}` })] : [])
    )
  );
  return [
    makeElement(
      'section',
      {
        class: tone ? 'lb-Plan-group lb-mod-marked' : 'lb-Plan-group',
        attributes: { 'data-tone': tone ?? null }
      },
      makeElement('h3', { text: `${title}: ${lines.length}` }),
      ...(about ? [makeElement('p', { class: 'lb-Plan-about', text: about })] : []),
      makeElement(isOrdered ? 'ol' : 'ul', { class: 'lb-Plan-steps' }, ...items)
    )
  ];
}
