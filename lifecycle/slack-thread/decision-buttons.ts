// The buttons below a question in the thread. What they carry is an id to look the question up by, never a right: who may decide is asked when
// somebody has clicked (decide/slack/).
import { maySlackDecide } from '../../contract/decide/login-decides.js';
import type { Json } from '../../contract/base/json.js';
import type { ApprovalState } from '../../contract/holds/hold.js';
import { decisionSecret } from '../../record/decisions/decision-address.js';

/** The buttons, with what each decides. */
export const SLACK_BUTTONS = [
  { id: 'launchbook_approve', decision: 'approved', text: 'Approve…', style: 'primary' },
  { id: 'launchbook_reject', decision: 'rejected', text: 'Reject…', style: 'danger' }
] as const;

/** Most characters of a section of Slack. */
const MOST_SECTION = 3000;

/** What the buttons of a question carry; null where nobody decides by a click. */
export function buttonsFor(approval: ApprovalState): string | null {
  return maySlackDecide(approval.request) ? decisionSecret(approval) : null;
}

/** The blocks of a message with buttons; null when Slack would not take its text in one. https://docs.slack.dev/reference/block-kit/blocks */
export function blocksWith(text: string, secret: string): Json[] | null {
  return text.length > MOST_SECTION
    ? null
    : [
        { type: 'section', text: { type: 'mrkdwn', text, verbatim: true } },
        {
          type: 'actions',
          elements: SLACK_BUTTONS.map(({ id, text: label, style }) => ({
            type: 'button',
            action_id: id,
            text: { type: 'plain_text', text: label },
            style,
            value: secret
          }))
        }
      ];
}
