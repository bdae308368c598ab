// The page of a checklist or a task list: who owns something of it reports here that it is done, signed by their device. It says what became
// of it by the journal, as the decision page does.
import type { ListNews, ListPageData } from '../../../../contract/decide/decision-page.js';
import type { ActAction, SignedAct } from '../../../../contract/decide/signed-act.js';
import { TASK_ACTS } from '../../../../contract/holds/task-words.js';
import { visibleText } from '../../../../contract/base/escape.js';
import { make, makeButton, setText } from '../parts/element.js';
import { HubPerson } from '../parts/hub-person.js';
import { HandingOver } from '../parts/handing-over.js';
import { isVouched, keepName, keepToken, keptName, keptToken, type KeptToken } from '../parts/kept.js';
import { deliver, follow } from '../parts/line.js';
import { NameChoice } from '../parts/name-choice.js';
import { showState, stateOf, type Delivery } from '../parts/page-state.js';
import { signStatement } from '../parts/sign.js';
import { faultOfSurroundings, wordsOfRefusal } from '../parts/surroundings.js';
import { rowsOf, type ListRow } from './list-rows.js';

/** Shows the page in `main`. */
export function showListPage(main: HTMLElement, data: ListPageData): void {
  new ListPage(main, data);
}

class ListPage {
  readonly #data: ListPageData;
  readonly #barred: string | null;
  readonly #person: HubPerson;
  readonly #clockMs: number;
  readonly #name: NameChoice;
  readonly #comment = make('textarea', { id: 'comment', rows: '2' });
  readonly #error = make('p', { class: 'error', role: 'alert' });
  readonly #state = make('div', { id: 'state', role: 'status', 'aria-live': 'polite', tabindex: '-1' });
  readonly #rows = make('ul', { class: 'tasks' });
  readonly #token = new HandingOver('What you signed');
  readonly #connection = make('p', { class: 'faint', role: 'status' });
  readonly #drawn: { text: string } = { text: '' };
  #list: ListPageData['list'];
  #refused: ListNews['refused'] = [];
  #clock: ListNews['clock'] = null;
  #isSigning = false;
  #kept: KeptToken | null;
  #delivery: Delivery = 'sending';
  #refusal: string | null = null;

  constructor(main: HTMLElement, data: ListPageData) {
    this.#data = data;
    this.#list = data.list;
    this.#person = new HubPerson(data);
    const { name } = this.#person;
    this.#barred = faultOfSurroundings(data.origins, name === null);
    this.#clockMs = Date.parse(data.now) - Date.now();
    this.#kept = keptToken(data.list.id);
    const names = name === null ? namesOf(rowsOf(data.list, data.now, '')) : [name];
    this.#name = new NameChoice(names, keptName(), () => this.#update());
    const where = [`Release ${data.release ?? 'none'}`, data.environment ?? 'no environment'];
    main.replaceChildren(
      make('p', { class: 'run', text: visibleText(where.join(' · ')) }),
      make('h1', { text: visibleText(data.list.name) }),
      this.#state,
      this.#token.node,
      this.#person.node,
      this.#name.node,
      make('p', { class: 'row' }, make('label', { for: 'comment', text: 'Comment' }), this.#comment),
      this.#error,
      this.#rows,
      this.#connection
    );
    (this.#comment.parentElement as HTMLElement).hidden = 'items' in data.list;
    document.title = `${data.list.name}: Launchbook`;
    setText(this.#error, '');
    this.#update();
    follow<ListNews>({
      news: ({ list, refused, clock }) => {
        this.#list = list;
        this.#clock = clock;
        this.#refused = refused;
        this.#update();
      },
      connected: isConnected =>
        setText(this.#connection, isConnected ? '' : 'No connection: what you see may be old.')
    });
    if (this.#kept) {
      void this.#deliver(this.#kept);
    }
  }

  async #sign({ item, text, names }: ListRow, action: ActAction): Promise<void> {
    const { run, rpId, passkeys, list } = this.#data;
    const by = this.#name.value();
    setText(this.#error, '');
    if (by === '') {
      setText(this.#error, 'Say who you are.');
      this.#name.field()?.focus();
      return;
    }
    if (names !== null && !names.includes(by)) {
      setText(this.#error, `“${text}” is the task of ${names.join(', ')}.`);
      return;
    }
    const statement: SignedAct = {
      version: 3,
      id: crypto.randomUUID(),
      run,
      list: list.id,
      nonce: list.nonce ?? '',
      item,
      text,
      action,
      comment: 'items' in list ? '' : this.#comment.value.trim(),
      by,
      at: new Date(Date.now() + this.#clockMs).toISOString()
    };
    this.#isSigning = true;
    this.#update();
    try {
      const token =
        this.#person.name === null
          ? await signStatement({ statement, rpId, passkeys })
          : JSON.stringify(statement);
      keepName(by);
      this.#kept = { id: statement.id, token };
      keepToken(list.id, this.#kept);
      this.#refusal = null;
      this.#comment.value = '';
      void this.#deliver(this.#kept);
      this.#state.focus();
    } catch (error) {
      setText(this.#error, wordsOfRefusal(error, rpId));
    } finally {
      this.#isSigning = false;
      this.#update();
    }
  }

  async #deliver(kept: KeptToken): Promise<void> {
    this.#delivery = 'sending';
    this.#update();
    const answer = await deliver(kept.token, why => {
      this.#delivery = why;
      this.#update();
    });
    if (answer.isTaken) {
      this.#delivery = 'taken';
    } else {
      this.#refusal = answer.reason;
    }
    this.#update();
  }

  #update(): void {
    const now = new Date(Date.now() + this.#clockMs).toISOString();
    const rows = rowsOf(this.#list, now, this.#name.value());
    const kept = this.#kept;
    const isCounted = rows.some(({ signed }) => signed !== undefined && signed === kept?.id);
    const state = stateOf({
      barred: this.#barred ?? this.#clock,
      settled: rows.every(({ isDone }) => isDone) && !isCounted ? 'All of it is done.' : null,
      changes: [],
      isSigning: this.#isSigning,
      kept: kept && {
        delivery: this.#delivery,
        isVouched: isVouched(kept.token),
        isCounted,
        refused: this.#refused.find(({ id }) => id === kept.id)?.reason ?? this.#refusal
      },
      progress: `${rows.filter(({ isDone }) => isDone).length} of ${rows.length} are done.`
    });
    showState(this.#state, state);
    this.#token.show(state.hasToken ? (kept?.token ?? '') : '');
    if (state.name === 'counted' || state.name === 'refused') {
      keepToken(this.#data.list.id, null);
    }
    // What was counted leaves the others to be done.
    const isOpen = state.isOpen || state.name === 'counted';
    const drawn = JSON.stringify([rows, isOpen]);
    if (this.#drawn.text !== drawn) {
      this.#drawn.text = drawn;
      this.#rows.replaceChildren(...rows.map((row, index) => this.#draw(row, index, isOpen)));
    }
  }

  #draw(row: ListRow, index: number, isOpen: boolean): HTMLElement {
    const buttons = row.actions.map(action =>
      makeButton(
        {
          text: LABELS[action],
          class: action === 'accept' || !row.isOwn ? '' : 'approve',
          'aria-describedby': `row-${index}`
        },
        () => void this.#sign(row, action)
      )
    );
    buttons.forEach(button => (button.disabled = !isOpen));
    return make(
      'li',
      {},
      make('strong', { id: `row-${index}`, text: visibleText(row.text) }),
      make('p', { class: 'faint', text: visibleText(row.standing) }),
      ...(buttons.length === 0 ? [] : [make('p', { class: 'buttons' }, ...buttons)])
    );
  }
}

const LABELS: { readonly [action in ActAction]: string } = {
  tick: 'Done',
  untick: 'Not done',
  ...TASK_ACTS
};

/** Everybody who may do one of them; null when anybody may. */
function namesOf(rows: readonly ListRow[]): readonly string[] | null {
  return rows.some(({ names }) => names === null)
    ? null
    : [...new Set(rows.flatMap(({ names }) => names ?? []))];
}
