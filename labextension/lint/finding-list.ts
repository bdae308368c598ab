// The findings of a cell in words, below it: a quiet line each, and at the active cell also what to do and why.
import { Widget } from '@lumino/widgets';
import { makeButton, makeElement } from '../page/element.js';
import type { Words } from '../page/words.js';
import type { FindingLook } from './finding-look.js';

export class FindingList extends Widget {
  /** `go` brings the cursor to a finding. */
  constructor(
    private readonly words: Words,
    private readonly go: (finding: FindingLook) => void
  ) {
    super({
      node: makeElement('div', {
        attributes: { role: 'group', 'aria-label': words.__('Findings of the cell') }
      })
    });
    this.addClass('lb-Findings');
    this.node.append(this.list, this.spoken);
  }

  /** `isOpen`: with what to do and why. */
  draw(findings: readonly FindingLook[], isOpen: boolean): void {
    const drawn = JSON.stringify([findings, isOpen]);
    if (drawn !== this.drawn) {
      this.drawn = drawn;
      this.list.replaceChildren(...findings.map(finding => this.item(finding, isOpen)));
    }
    this.setHidden(findings.length === 0);
  }

  /** Has a screen reader say a finding to which the cursor went. */
  speak({ message, fix }: FindingLook): void {
    this.spoken.textContent = `${this.words.__('Finding: %1', message)} ${fix}`;
  }

  private readonly list = makeElement('ul', { class: 'lb-Findings-list' });
  private readonly spoken = makeElement('p', { class: 'lb-Spoken', attributes: { role: 'status' } });
  private drawn = '';

  private item(finding: FindingLook, isOpen: boolean): HTMLLIElement {
    const { words } = this;
    const { rule, message, line, fix, reason, isSerious } = finding;
    const button = makeButton(
      { class: 'lb-Findings-item', title: isOpen ? '' : `${fix}\n${reason}` },
      () => this.go(finding),
      makeElement('span', {
        class: 'lb-Findings-kind',
        text: isSerious ? words.__('Serious finding') : words.__('Finding')
      }),
      makeElement('span', { class: 'lb-Findings-line', text: line > 0 ? words.__('line %1', line) : '' }),
      makeElement('span', { class: 'lb-Findings-message', text: message }),
      makeElement('span', { class: 'lb-Findings-rule', text: rule })
    );
    const more = [
      makeElement('p', { class: 'lb-Findings-fix', text: fix }),
      makeElement('p', {
        class: 'lb-Findings-reason',
        text: reason === '' ? '' : words.__('Why: %1', reason)
      })
    ].filter(each => isOpen && each.textContent !== '');
    return makeElement('li', { class: isSerious ? 'lb-mod-serious' : '' }, button, ...more);
  }
}
