// The buttons below a question in Slack, and the modal in which a person says why. What comes back is looked up and checked anew: an id in a message
// is no right. https://docs.slack.dev/reference/block-kit and https://docs.slack.dev/surfaces/modals
import type { Block, KnownBlock, View } from '@slack/web-api';
import { decisionWords } from '../../../contract/decide/decision-words.js';
import { slackText, visibleLine } from '../../../contract/base/escape.js';
import { rulesOf } from '../../../contract/holds/approval-rules.js';
import type { ApprovalState } from '../../../contract/holds/hold.js';
import type { FormField } from '../../../contract/holds/hold-rules.js';
import type { Json, JsonObject } from '../../../contract/base/json.js';

/** Of the modal, and its place in the payload of a submission. */
export const MODAL_ID = 'launchbook_decide';
export const REASON = 'reason';

/** What a modal is about; it comes back with it. */
export interface ModalPurpose {
  readonly secret: string;
  readonly decision: 'approved' | 'rejected';
  /** Where the person is told what became of it. */
  readonly channel: string;
  readonly thread: string | null;
}

/** Limits of Slack: a title, a label, a text, an option. */
const [MOST_TITLE, MOST_LABEL, MOST_TEXT, MOST_OPTION] = [24, 150, 2900, 75];

/** The view. */
export function decisionModal({ request, name, content }: ApprovalState, purpose: ModalPurpose): View {
  const { form, comment } = rulesOf(request);
  const isRejection = purpose.decision === 'rejected';
  const words = [
    `*${slackText(visibleLine(cut(name, MOST_LABEL)))}*`,
    slackText(visibleLine(cut(request.question, 800))),
    ...request.evidence.map(
      ({ label, text }) => `*${slackText(visibleLine(cut(label, MOST_LABEL)))}*\n${slackText(cut(text, 500))}`
    )
  ];
  return {
    type: 'modal',
    callback_id: MODAL_ID,
    private_metadata: JSON.stringify(purpose),
    title: plain(isRejection ? 'Reject' : 'Approve'),
    submit: plain(isRejection ? 'Reject' : 'Approve'),
    close: plain('Cancel'),
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: cut(words.join('\n'), MOST_TEXT) } },
      {
        type: 'context',
        elements: [{ type: 'mrkdwn', text: `Four words to compare: ${decisionWords(content)}` }]
      },
      ...(isRejection ? [] : form.map(blockOf)),
      {
        type: 'input',
        block_id: REASON,
        optional: !isRejection && !comment,
        label: plain(isRejection ? 'Why not' : 'Comment'),
        element: { type: 'plain_text_input', action_id: REASON, multiline: true, max_length: 3000 }
      }
    ]
  };
}

/** What a modal was filled in with. */
export interface Filled {
  readonly comment: string;
  readonly values: JsonObject;
}

/** Reads the state of a view that was sent; `null` when it is none of ours. */
export function filledIn(view: unknown, form: readonly FormField[]): Filled | null {
  const { state } = (view ?? {}) as {
    readonly state?: { readonly values?: { readonly [block: string]: Inputs } };
  };
  const inputs = state?.values;
  if (!inputs) {
    return null;
  }
  const comment = inputs[REASON]?.[REASON]?.value ?? '';
  const values = form.flatMap(({ name, type }, index) => {
    const value = valueOf(type, inputs[blockId(index)]?.[VALUE]);
    return value === null ? [] : [[name, value] as const];
  });
  return typeof comment === 'string' ? { comment: comment.trim(), values: Object.fromEntries(values) } : null;
}

/** What the modal is about; null when it is none of ours. */
export function purposeOf(view: unknown): ModalPurpose | null {
  try {
    const { callback_id: id, private_metadata: text } = view as {
      callback_id?: unknown;
      private_metadata?: unknown;
    };
    const purpose = id === MODAL_ID ? (JSON.parse(String(text)) as ModalPurpose) : null;
    const isWhole =
      typeof purpose?.secret === 'string' &&
      typeof purpose.channel === 'string' &&
      (purpose.decision === 'approved' || purpose.decision === 'rejected');
    return isWhole ? purpose : null;
  } catch {
    return null;
  }
}

interface Inputs {
  readonly [action: string]: Input | undefined;
}
interface Input {
  readonly value?: string | null;
  readonly selected_option?: { readonly value?: string } | null;
  readonly selected_options?: readonly unknown[];
}

const VALUE = 'value';

function blockId(index: number): string {
  return `field_${index}`;
}

function blockOf({ type, label, required, choices }: FormField, index: number): KnownBlock | Block {
  const option = (text: string) => ({ text: plain(cut(text, MOST_OPTION)), value: cut(text, MOST_OPTION) });
  const element = {
    text: { type: 'plain_text_input', action_id: VALUE },
    number: { type: 'number_input', action_id: VALUE, is_decimal_allowed: true },
    boolean: { type: 'checkboxes', action_id: VALUE, options: [option('Yes')] },
    choice: { type: 'static_select', action_id: VALUE, options: choices.map(option) }
  }[type];
  return {
    type: 'input',
    block_id: blockId(index),
    // An empty box of a yes-or-no question is a no.
    optional: !required || type === 'boolean',
    label: plain(cut(visibleLine(label), MOST_LABEL)),
    element
  } as KnownBlock;
}

function valueOf(type: FormField['type'], input: Input | undefined): Json {
  switch (type) {
    case 'boolean':
      return (input?.selected_options?.length ?? 0) > 0;
    case 'choice':
      return input?.selected_option?.value ?? null;
    default: {
      const text = (input?.value ?? '').trim();
      return text === '' ? null : type === 'number' ? Number(text) : text;
    }
  }
}

function plain(text: string): { readonly type: 'plain_text'; readonly text: string } {
  return { type: 'plain_text', text: text.slice(0, Math.max(MOST_TITLE, MOST_LABEL)) };
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1).toWellFormed()}…` : text;
}
