// What was wrong, as a list that a screen reader says at once.
import { makeElement } from '../page/element.js';
import type { FaultList } from './fault-list.js';

export function makeFaultBox({ faults, hint }: FaultList): HTMLElement {
  return makeElement(
    'div',
    { class: 'lb-Faults', attributes: { role: 'alert' } },
    makeElement('ul', {}, ...faults.map(fault => makeElement('li', { text: fault }))),
    ...(hint === '' ? [] : [makeElement('p', { text: hint })])
  );
}
