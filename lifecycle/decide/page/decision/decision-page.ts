// The decision page at work: shows what is asked, has the device sign what it shows, brings the token to the run, and says what became of
// it. It trusts nothing that it can compute: the content is hashed here, and "counted" is what the journal says.
import type {
  DecisionNews,
  DecisionPageData,
  PostAnswer
} from '../../../../contract/decide/decision-page.js';
import { rulesOf } from '../../../../contract/holds/approval-rules.js';
import { reasonsAgainst } from '../../../../contract/holds/reasons-against.js';
import type { ApprovalState } from '../../../../contract/holds/hold.js';
import { make, setText } from '../parts/element.js';
import { HubPerson } from '../parts/hub-person.js';
import { HandingOver } from '../parts/handing-over.js';
import { isVouched, keepName, keepToken, keptName, keptToken, type KeptToken } from '../parts/kept.js';
import { showState, stateOf, type Delivery, type Facts } from '../parts/page-state.js';
import { signStatement } from '../parts/sign.js';
import { faultOfSurroundings, wordsOfRefusal } from '../parts/surroundings.js';
import { DecisionForm } from './decision-form.js';
import { drawHead, drawQuestion, drawStanding } from './question.js';
import { hashShown } from './shown-content.js';
import { mayDecide, progressText, settledText } from './standing-text.js';
import { statementOf, type Answer } from './statement.js';

/** How the page reaches the run. */
export interface PageLine {
  follow(events: {
    readonly news: (news: DecisionNews) => void;
    readonly connected: (isConnected: boolean) => void;
  }): void;
  deliver(token: string, held: (why: 'cut-off' | 'clock-back') => void): Promise<PostAnswer>;
}

/**
 * Shows the page in `main`.
 *
 * @param line - Null: there is no server, and a person carries the token.
 */
export async function showDecisionPage(
  main: HTMLElement,
  data: DecisionPageData,
  line: PageLine | null
): Promise<void> {
  const shown = await hashShown(data.approval);
  new DecisionPage(main, data, line, shown);
}

class DecisionPage {
  readonly #data: DecisionPageData;
  readonly #line: PageLine | null;
  readonly #content: string;
  readonly #person: HubPerson;
  readonly #barred: string | null;
  readonly #form: DecisionForm;
  readonly #state = make('div', { id: 'state', role: 'status', 'aria-live': 'polite', tabindex: '-1' });
  readonly #instead = make('a', { class: 'instead', text: 'See the new question' });
  readonly #standing = make('section');
  readonly #token = new HandingOver();
  readonly #connection = make('p', { class: 'faint', role: 'status' });
  readonly #clockMs: number;
  #approval: ApprovalState;
  #news: Pick<DecisionNews, 'changes' | 'instead' | 'refused' | 'clock'> = {
    changes: [],
    instead: null,
    refused: [],
    clock: null
  };
  #isSigning = false;
  #kept: KeptToken | null;
  #delivery: Delivery;
  /** Why the server did not take it. */
  #refusal: string | null = null;

  constructor(
    main: HTMLElement,
    data: DecisionPageData,
    line: PageLine | null,
    shown: { readonly content: string; readonly fault: string | null }
  ) {
    this.#data = data;
    this.#line = line;
    this.#approval = data.approval;
    this.#content = shown.content;
    this.#person = new HubPerson(data);
    const { name } = this.#person;
    this.#barred = shown.fault ?? faultOfSurroundings(data.origins, name === null);
    this.#clockMs = Date.parse(data.now) - Date.now();
    this.#kept = keptToken(nameOf(data.approval));
    this.#delivery = line === null ? 'by-hand' : 'sending';
    const rules = rulesOf(data.approval.request);
    this.#form = new DecisionForm({
      names: name === null ? mayDecide(data.approval) : [name],
      name: keptName(),
      fields: rules.form,
      needsComment: rules.comment,
      decide: answer => void this.#sign(answer)
    });
    main.replaceChildren(
      ...drawHead(data),
      this.#state,
      this.#instead,
      this.#token.node,
      ...drawQuestion(data, shown.content),
      this.#standing,
      this.#person.node,
      this.#form.node,
      this.#connection
    );
    document.title = `${data.approval.name}: Launchbook`;
    this.#update();
    line?.follow({
      news: news => this.#hear(news),
      connected: isConnected =>
        setText(this.#connection, isConnected ? '' : 'No connection: what you see may be old.')
    });
    if (this.#kept) {
      void this.#deliver(this.#kept);
    }
    // Time alone ends a request.
    setInterval(() => this.#update(), 1000);
  }

  async #sign(answer: Answer): Promise<void> {
    const { run, driver, rpId, passkeys } = this.#data;
    const isHub = this.#person.name !== null;
    const [reason] = reasonsAgainst(
      this.#approval.status === 'withdrawn' ? { ...this.#approval, status: 'pending' } : this.#approval,
      {
        ...answer,
        content: this.#content,
        by: { username: answer.by, name: answer.by, grade: isHub ? 'authenticated' : 'signed' },
        proof: isHub
          ? { key: '', means: 'hub' }
          : { key: '', means: 'passkey', synced: isSynced(passkeys, answer.by) }
      },
      driver
    );
    if (reason) {
      this.#form.tell(reason.message);
      return;
    }
    const at = new Date(Date.now() + this.#clockMs).toISOString();
    const statement = statementOf({ run, approval: this.#data.approval }, answer, this.#content, at);
    this.#isSigning = true;
    this.#update();
    try {
      const token = isHub ? JSON.stringify(statement) : await signStatement({ statement, rpId, passkeys });
      keepName(answer.by);
      this.#kept = { id: statement.id, token };
      keepToken(nameOf(this.#data.approval), this.#kept);
      this.#refusal = null;
      this.#isSigning = false;
      void this.#deliver(this.#kept);
      this.#state.focus();
    } catch (error) {
      this.#isSigning = false;
      this.#update();
      this.#form.tell(wordsOfRefusal(error, rpId));
    }
  }

  async #deliver(kept: KeptToken): Promise<void> {
    this.#delivery = this.#line === null ? 'by-hand' : 'sending';
    this.#update();
    const answer = await this.#line?.deliver(kept.token, why => {
      this.#delivery = why;
      this.#update();
    });
    if (answer?.isTaken === true) {
      this.#delivery = 'taken';
    } else if (answer) {
      this.#refusal = answer.reason;
    }
    this.#update();
  }

  #hear({ approval, ...news }: DecisionNews): void {
    const { request, binding } = this.#data.approval;
    this.#approval = { ...approval, request, ...(binding && { binding }) };
    this.#news = news;
    this.#update();
  }

  #update(): void {
    const state = stateOf(this.#facts());
    showState(this.#state, state);
    this.#instead.hidden = this.#news.instead === null;
    this.#instead.href = this.#news.instead ?? '';
    this.#form.show(state.isOpen, state.name === 'signing');
    this.#token.show(state.hasToken ? (this.#kept?.token ?? '') : '');
    this.#person.node.hidden = !state.isOpen && state.name !== 'barred';
    this.#standing.replaceChildren(...drawStanding(this.#approval));
    if (state.name === 'counted' || state.name === 'settled' || state.name === 'refused') {
      keepToken(nameOf(this.#data.approval), null);
    }
  }

  #facts(): Facts {
    const kept = this.#kept;
    const refused = this.#news.refused.find(({ id }) => id === kept?.id)?.reason ?? this.#refusal;
    return {
      barred: this.#barred ?? this.#news.clock,
      settled: settledText(this.#approval, Date.now() + this.#clockMs),
      changes: this.#news.changes,
      isSigning: this.#isSigning,
      kept: kept && {
        delivery: this.#delivery,
        isVouched: isVouched(kept.token),
        isCounted: this.#approval.decisions.some(({ signature }) => signature?.id === kept.id),
        refused
      },
      progress: progressText(this.#approval)
    };
  }
}

/** A question that is asked again with the same content keeps its nonce. */
function nameOf({ id, request }: ApprovalState): string {
  return request.nonce ?? id;
}

/** True when this person can sign with no other passkey than one of which an account may keep copies. */
function isSynced(passkeys: DecisionPageData['passkeys'], name: string): boolean {
  const own = passkeys.filter(({ names }) => names.includes(name));
  return own.length > 0 && own.every(passkey => passkey.isSynced);
}
