// The states of a page on which somebody decides, and what it says in each. Pure: the page only shows it. Nothing is said to be counted
// before the journal shows it.

/** What became of the token that was signed here. */
export type Delivery =
  /** It is on its way. */
  | 'sending'
  /** The server has it, the journal has not. */
  | 'taken'
  /** There was no connection; it is sent again. */
  | 'cut-off'
  /** The clock of the server is behind the record; it is sent again. */
  | 'clock-back'
  /** There is no server: a person carries it. */
  | 'by-hand';

/** What is known, from which the state follows. */
export interface Facts {
  /** Why nothing can be signed here, or null. */
  readonly barred: string | null;
  /** How it stands when nobody has to decide any more, a sentence; null while it waits. */
  readonly settled: string | null;
  /** What is no longer as it was shown, a sentence each. */
  readonly changes: readonly string[];
  readonly isSigning: boolean;
  /** The signed token, or null. */
  readonly kept: {
    readonly delivery: Delivery;
    /** The journal shows it. */
    readonly isCounted: boolean;
    /** A login vouches for it, and nothing was signed. */
    readonly isVouched?: boolean;
    /** Why it does not count, or null. */
    readonly refused: string | null;
  } | null;
  /** How many have decided, a sentence; '' when one decision is enough. */
  readonly progress: string;
}

/** What the page shows of it. */
export interface PageState {
  readonly name:
    | 'reading'
    | 'signing'
    | 'sending'
    | 'sent'
    | 'by-hand'
    | 'no-connection'
    | 'counted'
    | 'refused'
    | 'changed'
    | 'settled'
    | 'barred';
  /** Sentences; '' while reading. */
  readonly text: string;
  /** True: the person can decide. */
  readonly isOpen: boolean;
  /** True: the token is offered to be copied. */
  readonly hasToken: boolean;
}

/** The state that follows from what is known. */
export function stateOf({ barred, settled, changes, isSigning, kept, progress }: Facts): PageState {
  if (kept?.isCounted) {
    const done = kept.isVouched === true ? 'decided' : 'signed';
    return state('counted', [`Counted: the record of the run has what you ${done}.`, progress]);
  }
  if (settled !== null) {
    return state('settled', [
      settled,
      kept === null ? '' : 'Your decision was not needed any more and has changed nothing.'
    ]);
  }
  if (changes.length > 0) {
    return state('changed', ['This has changed while you read, so it cannot be signed:', ...changes]);
  }
  if (kept !== null && kept.refused === null) {
    return kept.isVouched === true ? VOUCHED[kept.delivery] : DELIVERIES[kept.delivery];
  }
  if (isSigning) {
    return state('signing', ['Your device asks you now. Use your finger, face or PIN.']);
  }
  if (barred !== null) {
    return state('barred', [barred]);
  }
  return kept === null
    ? { ...state('reading', []), isOpen: true }
    : {
        ...state('refused', [`Not counted: ${kept.refused}`]),
        isOpen: true
      };
}

function state(name: PageState['name'], sentences: readonly string[], hasToken = false): PageState {
  return { name, text: sentences.filter(text => text !== '').join(' '), isOpen: false, hasToken };
}

const DELIVERIES: { readonly [delivery in Delivery]: PageState } = {
  sending: state('sending', ['Signed. Sending …']),
  taken: state(
    'sent',
    ['Sent. It counts as soon as the run has recorded it; this page says so then. You may close it.'],
    true
  ),
  'cut-off': state(
    'no-connection',
    [
      'Signed, and there is no connection. Your decision is kept on this device and sent again by itself.',
      'You can also copy it and send it to the driver.'
    ],
    true
  ),
  'clock-back': state(
    'no-connection',
    [
      'Signed. It cannot be counted while the clock of the machine that serves this page is behind the record of the run; tell the driver.',
      'Your decision is kept on this device and sent again by itself.'
    ],
    true
  ),
  'by-hand': state(
    'by-hand',
    ['Signed. Send this line to the driver: it counts when they have entered it.'],
    true
  )
};

/** What was not signed is of no use to anybody else. */
const VOUCHED: { readonly [delivery in Delivery]: PageState } = {
  sending: state('sending', ['Sending …']),
  taken: { ...DELIVERIES.taken, hasToken: false },
  'cut-off': state('no-connection', [
    'There is no connection. Your decision is kept on this device and sent again by itself.'
  ]),
  'clock-back': state('no-connection', [
    'It cannot be counted while the clock of the machine that serves this page is behind the record of the run; tell the driver.',
    'Your decision is kept on this device and sent again by itself.'
  ]),
  'by-hand': state('barred', ['A login decides nothing without the server of this page.'])
};

/** Shows it in `node`, which is read aloud when it changes. A screen reader says a text again that is written again. */
export function showState(node: HTMLElement, { name, text }: PageState): void {
  if (node.textContent !== text || node.dataset['state'] !== name) {
    node.dataset['state'] = name;
    node.textContent = text;
  }
  node.hidden = text === '';
}
