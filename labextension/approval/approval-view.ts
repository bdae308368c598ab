// Draws an approval: the question, who is awaited, the evidence, the form or the decision.
// The form is kept over updates, so that a comment half written is not lost when the run moves on.
import type { RequestBody } from '../../contract/comms/comm.js';
import type { ApprovalState } from '../../contract/holds/hold.js';
import { isPending } from '../../contract/holds/pending.js';
import { makeElement } from '../page/element.js';
import type { IRunModel } from '../tokens.js';
import type { Words } from '../page/words.js';
import {
  approvalLook,
  viewerOf,
  type ApprovalLook,
  type DecisionLook,
  type OtherWay
} from './approval-look.js';
import { DecisionForm } from './decision-form.js';
import { decisionPageOf } from './decision-page-link.js';
import { EvidenceView } from './evidence-view.js';
import type { HoldAccess } from './hold-access.js';
import { OtherWays } from './other-ways.js';
import { HoldCard, makeTime, type HoldView } from './hold-view.js';

export class ApprovalView implements HoldView<ApprovalState> {
  readonly node: HTMLElement;

  private readonly card = new HoldCard('lb-Approval');
  private readonly facts = makeElement('div', { class: 'lb-Approval-facts' });
  private readonly page = makeElement('a', {
    class: 'lb-Approval-page',
    attributes: { target: '_blank', rel: 'noopener' }
  });
  private readonly evidence: EvidenceView;
  private readonly form: DecisionForm;
  private readonly other: OtherWays;
  private approval: ApprovalState | null = null;
  private drawn = '';

  /**
   * `runOf` gives the run that takes the decision, or null where there is none. `isCompact` is for narrow places that
   * name the hold themselves: only what is needed to decide, the evidence folded.
   */
  constructor(
    private readonly words: Words,
    private readonly runOf: () => IRunModel | null,
    private readonly isCompact = false
  ) {
    this.evidence = new EvidenceView(words);
    this.form = new DecisionForm(words, async (decision, comment, values) => {
      const run = this.runOf();
      if (this.approval && run) {
        const { id, content } = this.approval;
        const answers = Object.keys(values).length > 0 ? { values } : {};
        await run.ask({ type: 'decide', approval: id, content, decision, comment, ...answers });
      }
    });
    this.other = new OtherWays(words, (way, text) => this.actOtherwise(way, text));
    this.node = this.card.node;
    this.page.textContent = words.__('Decision page');
    this.page.hidden = true;
    this.card.body.append(this.facts, this.page, this.evidence.node, this.other.node);
  }

  update(approval: ApprovalState, access: HoldAccess): void {
    this.approval = approval;
    const run = this.runOf();
    const sent = run?.sentDecision(approval.id) ?? null;
    const look = approvalLook(approval, access, sent, this.words, viewerOf(run));
    const drawn = JSON.stringify(look);
    if (drawn !== this.drawn) {
      this.drawn = drawn;
      this.draw(look);
    }
  }

  private draw(look: ApprovalLook): void {
    this.card.setHead(look.glyph, look.word, look.name);
    this.facts.replaceChildren(...this.factsOf(look));
    this.evidence.update(look.evidence, look.awaited !== null && !this.isCompact);
    this.card.setNote(look.note);
    void this.showPage(look);
    // A form that is sent or gone cannot keep the focus: the card takes it, so that a keyboard user stays in place.
    if (look.form !== 'open' && this.form.node.contains(document.activeElement)) {
      this.node.focus({ preventScroll: true });
    }
    this.form.update(look.name, look.form === 'sending', look.fields, look.needsComment);
    this.other.update(this.isCompact ? [] : look.otherWays);
    if (look.form === 'none') {
      this.form.node.remove();
    } else if (this.form.node.parentElement !== this.card.body) {
      this.other.node.before(this.form.node);
    }
  }

  /** Where the same question is decided with a phone, as long as it waits. */
  private async showPage({ awaited }: ApprovalLook): Promise<void> {
    const address = awaited && !this.isCompact && this.approval ? await decisionPageOf(this.approval) : null;
    this.page.hidden = address === null || this.approval === null || !isPending(this.approval);
    if (address !== null) {
      this.page.href = address;
    }
  }

  private async actOtherwise(way: OtherWay, text: string): Promise<void> {
    const run = this.runOf();
    const approval = this.approval?.id;
    if (!run || approval === undefined) {
      return;
    }
    const messages: { readonly [W in OtherWay]: RequestBody } = {
      signed: { type: 'decide-signed', token: text },
      'break-glass': { type: 'break-glass', approval, reason: text },
      revoke: { type: 'revoke', approval, reason: text }
    };
    await run.ask(messages[way]);
  }

  private factsOf(look: ApprovalLook): HTMLElement[] {
    const meta = this.metaOf(look);
    return [
      makeElement('p', { class: 'lb-Hold-question', text: look.question }),
      ...(look.broken === '' ? [] : [makeElement('p', { class: 'lb-Approval-broken', text: look.broken })]),
      ...look.decisions.map(decision => makeDecision(decision)),
      ...(meta.length > 0 ? [makeElement('p', { class: 'lb-Hold-meta' }, ...meta)] : []),
      ...(look.rules.length > 0
        ? [makeElement('p', { class: 'lb-Approval-rules', text: look.rules.join(' ') })]
        : [])
    ];
  }

  private metaOf(look: ApprovalLook): HTMLElement[] {
    const { words } = this;
    if (this.isCompact) {
      return [];
    }
    const isNamed = look.phase !== '' && look.phase !== look.name;
    const phase = isNamed ? [makeElement('span', { text: words.__('Phase: %1', look.phase) })] : [];
    if (!look.awaited) {
      return phase;
    }
    const since = makeElement('span', { text: `${words.__('Waiting for %1 since', look.awaited.who)} ` });
    since.append(makeTime(look.awaited.at, look.awaited.atText, look.awaited.atTitle));
    const { progress } = look.awaited;
    return [...phase, since, ...(progress === '' ? [] : [makeElement('b', { text: progress })])];
  }
}

function makeDecision(decision: DecisionLook): HTMLElement {
  const line = makeElement(
    'p',
    { class: 'lb-Approval-decision' },
    makeElement('b', { text: decision.text }),
    document.createTextNode(' · ')
  );
  line.append(makeTime(decision.at, decision.atText, decision.atTitle));
  const comment = decision.comment
    ? [makeElement('blockquote', { class: 'lb-Approval-comment', text: decision.comment })]
    : [];
  const details =
    decision.details.length > 0
      ? [makeElement('p', { class: 'lb-Approval-details', text: decision.details.join(' · ') })]
      : [];
  return makeElement('div', { class: 'lb-Approval-decided' }, line, ...comment, ...details);
}
