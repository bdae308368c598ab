// Decisions by clicks in Slack: a button opens a modal, the modal says why, and the voucher seals what was decided for whom the policy maps. Whatever
// fails decides nothing, and is told to the person who clicked alone.
import { slackText, visibleLine } from '../../../contract/base/escape.js';
import { rulesOf } from '../../../contract/holds/approval-rules.js';
import { reasonsAgainst } from '../../../contract/holds/reasons-against.js';
import { maySlackDecide } from '../../../contract/decide/login-decides.js';
import { driverOf } from '../../../contract/state/state.js';
import { SLACK_BUTTONS } from '../../slack-thread/decision-buttons.js';
import type { ShownHold } from '../page-data.js';
import type { RunGlances } from '../run-glances.js';
import { takePostedToken } from '../take-posted-token.js';
import type { Voucher } from '../voucher.js';
import {
  decisionModal,
  filledIn,
  purposeOf,
  REASON,
  type Filled,
  type ModalPurpose
} from './decision-modal.js';
import type { Interaction, SlackApp } from './slack-app.js';
import { userIn, whoClicked, type SlackUser } from './who-clicked.js';

/** What clicks are worked on with. */
export interface SlackDecisionParts {
  readonly app: SlackApp;
  readonly runs: RunGlances;
  readonly voucher: Voucher;
  /** Tells whoever serves the board. */
  readonly say: (text: string) => void;
}

/** Where a person is told something. */
type Place = Pick<ModalPurpose, 'channel' | 'thread'>;

export class SlackDecisions {
  readonly #parts: SlackDecisionParts;
  /** Tokens are verified one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: SlackDecisionParts) {
    this.#parts = parts;
  }

  /** Works on one click or modal. */
  async hear({ body, acknowledge }: Interaction): Promise<void> {
    const { type, view, actions } = (body ?? {}) as {
      readonly type?: unknown;
      readonly view?: unknown;
      readonly actions?: unknown;
    };
    const user = userIn(body);
    if (type === 'view_submission') {
      await this.#submitted(view, user, acknowledge);
      return;
    }
    // What does not reach Slack is sent again by it, or is shown as failed there: it must not be worked on.
    await acknowledge();
    const [action] = Array.isArray(actions) ? (actions as { action_id?: string; value?: unknown }[]) : [];
    const decision = SLACK_BUTTONS.find(({ id }) => id === action?.action_id)?.decision;
    if (type === 'block_actions' && decision !== undefined && typeof action?.value === 'string') {
      await this.#clicked(body as ClickBody, { secret: action.value, decision }, user);
    }
  }

  async #clicked(
    { channel, message, container, trigger_id: trigger, user: who }: ClickBody,
    asked: Pick<ModalPurpose, 'secret' | 'decision'>,
    user: SlackUser | null
  ): Promise<void> {
    const purpose: ModalPurpose = {
      ...asked,
      channel: channel?.id ?? container?.channel_id ?? '',
      thread: message?.thread_ts ?? message?.ts ?? null
    };
    const found = await this.#admitted(purpose, user, null);
    if (typeof found === 'string') {
      await this.#tell(who?.id, purpose, found);
      return;
    }
    try {
      await this.#parts.app.web.views.open({
        trigger_id: trigger ?? '',
        view: decisionModal(found.shown.approval, purpose)
      });
    } catch (error) {
      await this.#tell(
        who?.id,
        purpose,
        `Slack did not open the form (${(error as Error).message}). Click again.`
      );
    }
  }

  async #submitted(
    view: unknown,
    user: SlackUser | null,
    acknowledge: Interaction['acknowledge']
  ): Promise<void> {
    const purpose = purposeOf(view);
    const id = (view as { readonly id?: unknown } | null)?.id;
    if (purpose === null || typeof id !== 'string') {
      await acknowledge();
      return;
    }
    const comment = filledIn(view, [])?.comment ?? '';
    if (purpose.decision === 'rejected' && comment === '') {
      await acknowledge({ response_action: 'errors', errors: { [REASON]: 'A rejection needs its reason.' } });
      return;
    }
    await acknowledge();
    const turn = this.#turn.then(() => this.#decide(purpose, view, user, id));
    this.#turn = turn.catch(() => undefined);
    const answer = await turn.catch(
      (error: unknown) =>
        `It is not known whether it counts: ${(error as Error).message}. Look at the run, and decide again.`
    );
    if (answer !== null) {
      await this.#tell(user?.id, purpose, answer);
    }
  }

  /** Null when it was taken; else what the person is told. */
  async #decide(
    purpose: ModalPurpose,
    view: unknown,
    user: SlackUser | null,
    id: string
  ): Promise<string | null> {
    const shown = await this.#parts.runs.holdOf(purpose.secret);
    const form = shown && 'approval' in shown ? rulesOf(shown.approval.request).form : [];
    const filled = filledIn(view, purpose.decision === 'rejected' ? [] : form);
    const found = await this.#admitted(purpose, user, filled);
    if (typeof found === 'string') {
      return found;
    }
    const { person, shown: hold } = found;
    const { approval, path, files } = hold;
    const { nonce = '', after = 0 } = approval.request;
    const statement = {
      version: 2 as const,
      approval: approval.id,
      nonce,
      after,
      // The same modal sent twice is the same decision.
      id: `slack/${id}`,
      run: files.run?.id ?? null,
      hold: approval.name,
      step: approval.step,
      content: approval.content,
      decision: purpose.decision,
      comment: filled!.comment,
      values: filled!.values,
      by: person.by,
      at: new Date().toISOString()
    };
    const token = await this.#parts.voucher.seal(statement, person.login);
    const answer = await takePostedToken(path, approval.id, token);
    return answer.isTaken ? null : answer.reason;
  }

  /** Who clicked, and the question that they may decide; else one sentence why not. `made`: null before anything is filled in. */
  async #admitted(
    { secret, decision }: ModalPurpose,
    user: SlackUser | null,
    made: Filled | null
  ): Promise<{ readonly shown: ShownHold; readonly person: { by: string; login: string } } | string> {
    const shown = /^[\da-f]{32}$/.test(secret) ? await this.#parts.runs.holdOf(secret) : null;
    if (!shown || !('approval' in shown)) {
      return 'This question is not one that the board knows. Ask the driver.';
    }
    const { approval, files } = shown;
    const person = await whoClicked(user, rulesOf(approval.request).decide, this.#parts.app.web);
    if (typeof person === 'string') {
      return person;
    }
    if (!maySlackDecide(approval.request)) {
      return `“${approval.name}” is not decided by clicks in Slack.`;
    }
    // The form comes with the modal.
    const bare = {
      ...approval,
      request: { ...approval.request, rules: { ...rulesOf(approval.request), comment: false, form: [] } }
    };
    const [reason] = reasonsAgainst(
      made === null ? bare : approval,
      {
        content: approval.content,
        decision,
        comment: made === null ? '–' : made.comment,
        ...(made === null ? {} : { values: made.values }),
        by: { username: person.by, name: person.by, grade: 'authenticated' },
        proof: { key: '', means: 'slack' }
      },
      driverOf(files.state, approval)
    );
    return reason === undefined ? { shown, person } : reason.message;
  }

  /** To this person alone. */
  async #tell(user: string | undefined, { channel, thread }: Place, text: string): Promise<void> {
    const words = `Not decided. ${slackText(visibleLine(text))}`;
    this.#parts.say(`Slack, ${user ?? 'somebody'}: ${words}`);
    await this.#parts.app.web.chat
      .postEphemeral({
        channel,
        user: user ?? '',
        text: words,
        ...(thread !== null && { thread_ts: thread })
      })
      .catch((error: unknown) =>
        this.#parts.say(`Slack did not take that message: ${(error as Error).message}`)
      );
  }
}

interface ClickBody {
  readonly user?: { readonly id?: string };
  readonly channel?: { readonly id?: string };
  readonly container?: { readonly channel_id?: string };
  readonly message?: { readonly ts?: string; readonly thread_ts?: string };
  readonly trigger_id?: string;
}
