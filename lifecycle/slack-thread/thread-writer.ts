// How a message of the thread is written: masked, escaped, short enough to be edited, with links to steps and mentions of people.
import { htmlAddress, slackText, visibleLine } from '../../contract/base/escape.js';
import type { HoldState } from '../../contract/holds/pending.js';
import { decisionAddress, listAddress } from '../../record/decisions/decision-address.js';
import type { AddressOf } from '../notebook/step-addresses.js';

/** One message of a thread. */
export interface ThreadMessage {
  /** The same for the same message, also after the kernel was started again. */
  readonly key: string;
  readonly text: string;
  /** What it asks for is over: edited when it was posted, and not posted any more. */
  readonly isOver?: true;
  /** What the buttons below it carry. Absent: it has none. */
  readonly buttons?: string;
}

/** What it is written with. */
export interface ThreadWriterParts {
  readonly mask: (text: string) => string;
  /** Slack's ids of people and user groups, by username or group. */
  readonly slackIds: { readonly [name: string]: string };
  readonly addressOf: AddressOf;
  /** Where the pages are on which people decide; null: launchbook.yml names none. */
  readonly pagesAt: string | null;
}

/** Somebody who may be mentioned: a person, or a group with its members where they are known. */
export interface Mentioned {
  readonly name: string;
  readonly members?: readonly string[];
}

/** Slack refuses an edit whose text has more than 4,000 bytes (`msg_too_long`); it posts longer ones. */
const MOST_BYTES = 3900;
/** One text of a person or program in it. */
const MOST_TEXT_BYTES = 1500;
const MOST_CHARACTERS = 500;

/** Writes for one run. */
export class ThreadWriter {
  readonly #parts: ThreadWriterParts;

  constructor(parts: ThreadWriterParts) {
    this.#parts = parts;
  }

  /** A text of the run, a person or a program on one line: nothing in it is a mention, a link or formatting. */
  text(text: string): string {
    const masked = visibleLine(this.#parts.mask(text));
    for (let most = MOST_CHARACTERS; ; most = Math.floor(most / 2)) {
      const cut = masked.length > most ? `${masked.slice(0, most).toWellFormed()}…` : masked;
      const escaped = slackText(cut);
      if (Buffer.byteLength(escaped) <= MOST_TEXT_BYTES) {
        return escaped;
      }
    }
  }

  /** ` <@U024BE7LH>`: whoever of them launchbook.yml gives an id; of a group without one its members. */
  mentions(people: readonly Mentioned[]): string {
    const { slackIds } = this.#parts;
    const idOf = (name: string): string[] => (Object.hasOwn(slackIds, name) ? [slackIds[name]!] : []);
    const ids = people.flatMap(({ name, members = [] }) => {
      const own = idOf(name);
      return own.length > 0 ? own : members.flatMap(idOf);
    });
    return [...new Set(ids)].map(id => ` ${id.startsWith('S') ? `<!subteam^${id}>` : `<@${id}>`}`).join('');
  }

  /** ` · <https://…|Open the step>`; empty where no address is known. */
  link(step: string | null): string {
    const address = this.#parts.addressOf(step);
    return address === null
      ? ''
      : ` · <${htmlAddress(address)}|${step === null ? 'Open the run' : 'Open the step'}>`;
  }

  /** ` · <https://…|Decide>`: the page of this question or list alone; empty where there is none. */
  decisionLink(hold: HoldState): string {
    const { pagesAt } = this.#parts;
    if (pagesAt === null) {
      return '';
    }
    const isQuestion = !('tasks' in hold) && !('items' in hold);
    const address = isQuestion ? decisionAddress(pagesAt, hold) : listAddress(pagesAt, hold);
    return address === null ? '' : ` · <${htmlAddress(address)}|${isQuestion ? 'Decide' : 'Report'}>`;
  }

  /** The lines as one text, as many as an edit may have. */
  message(lines: readonly string[]): string {
    const kept = [...lines];
    while (kept.length > 1 && Buffer.byteLength(kept.join('\n')) > MOST_BYTES) {
      kept.pop();
    }
    return kept.join('\n');
  }
}
