// The problems of a cell in words, below its editor: what a mark alone cannot tell, for keyboard and screen reader too.
import { Widget } from '@lumino/widgets';
import { makeButton, makeElement } from '../page/element.js';
import type { Words } from '../page/words.js';
import type { Problem, ProblemKind } from './problem.js';

const MOST_SHOWN = 5;

export class ProblemList extends Widget {
  /** `go` brings the cursor to a problem. */
  constructor(
    private readonly words: Words,
    private readonly go: (problem: Problem) => void
  ) {
    super({
      node: makeElement('div', {
        attributes: { role: 'group', 'aria-label': words.__('Problems of the cell') }
      })
    });
    this.addClass('lb-Problems');
    this.node.append(this.list, this.more, this.spoken);
  }

  draw(problems: readonly Problem[]): void {
    const kinds = this.kindWords();
    this.list.replaceChildren(
      ...problems.slice(0, MOST_SHOWN).map(problem => makeElement('li', {}, this.button(problem, kinds)))
    );
    const hidden = problems.length - MOST_SHOWN;
    this.more.hidden = hidden <= 0;
    this.more.textContent = hidden > 0 ? this.words._n('and %1 more', 'and %1 more', hidden) : '';
    this.setHidden(problems.length === 0);
  }

  /** Has a screen reader say a problem to which the cursor went. */
  speak({ kind, message, line }: Problem): void {
    this.spoken.textContent = this.words.__('%1 in line %2: %3', this.kindWords()[kind], line, message);
  }

  private readonly list = makeElement('ul', { class: 'lb-Problems-list' });
  private readonly more = makeElement('p', { class: 'lb-Problems-more' });
  private readonly spoken = makeElement('p', { class: 'lb-Spoken', attributes: { role: 'status' } });

  private button(problem: Problem, kinds: Record<ProblemKind, string>): HTMLButtonElement {
    return makeButton(
      { class: `lb-Problems-item lb-mod-${problem.kind}` },
      () => this.go(problem),
      makeElement('span', { class: 'lb-Problems-kind', text: kinds[problem.kind] }),
      makeElement('span', { class: 'lb-Problems-line', text: this.words.__('line %1', problem.line) }),
      makeElement('span', { class: 'lb-Problems-message', text: problem.message }),
      makeElement('span', { class: 'lb-Problems-code', text: problem.kind === 'note' ? '' : problem.code })
    );
  }

  private kindWords(): Record<ProblemKind, string> {
    const { words } = this;
    return { error: words.__('Error'), warning: words.__('Warning'), note: words.__('Note') };
  }
}
