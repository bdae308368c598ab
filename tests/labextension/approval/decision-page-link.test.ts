// The link from a card to the decision page is the one of Slack's posts, and there is none where there is no page.
import { expect, test } from '@jest/globals';
import { OPEN_RULES } from '../../../contract/holds/approval-rules.js';
import type { ApprovalState } from '../../../contract/holds/hold.js';
import type { RecordBody } from '../../../contract/journal/journal.js';
import { decisionPageOf } from '../../../labextension/approval/decision-page-link.js';
import { decisionAddress } from '../../../record/decisions/decision-address.js';
import { asked, opened, started, stateOf } from '../journal-of.js';

const ORIGIN = 'https://launchbook.example.com';

function approvalWith(origins: readonly string[] | null, nonce?: string): ApprovalState {
  const body = asked('c') as Extract<RecordBody, { kind: 'approval-requested' }>;
  const decide = origins && { decide: { rpId: 'launchbook.example.com', origins } };
  const request = { ...body.request, nonce, rules: { ...OPEN_RULES, ...decide } };
  return stateOf(opened(), started('c'), { ...body, request } as RecordBody).approvals['approval-1']!;
}

test('it is the address of the same question in Slack', async () => {
  const approval = approvalWith([ORIGIN, 'https://other.example.com'], 'n-1');
  expect(await decisionPageOf(approval)).toBe(decisionAddress(ORIGIN, approval));
});

test.each([
  ['launchbook.yml names no pages', null, 'n-1'],
  ['it names an empty list', [], 'n-1'],
  ['the request is of an older version', [ORIGIN], undefined],
  ['a forged record names a script', ['javascript:alert(1)//'], 'n-1']
])('there is none where %s', async (_case, origins, nonce) => {
  expect(await decisionPageOf(approvalWith(origins, nonce))).toBeNull();
});
