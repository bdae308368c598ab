// Clicks in Slack: they decide for whom the policy maps, full members of just this workspace, with a reason where one is needed. Whatever fails
// decides nothing, and is told to whoever clicked alone.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tokenFolderOf } from '../../../contract/notebook/notebook.js';
import type { HoldPolicy } from '../../../contract/holds/policy.js';
import { listenInSlack } from '../../../lifecycle/decide/slack/listen-in-slack.js';
import { Voucher } from '../../../lifecycle/decide/voucher.js';
import { decisionSecret } from '../../../record/decisions/decision-address.js';
import { makeSigners, type Signers } from '../../run/signers.js';
import { makeAskingRun, type AskingOptions, type AskingRun } from './asking-run.js';
import { CHANNEL, startWorkspace, TEAM, type Json, type Workspace } from './slack-workspace.js';

const DECIDE = {
  rpId: 'launchbook.example.com',
  origins: ['https://launchbook.example.com'],
  voucher: 'door',
  slack: { ann: `${TEAM}/U024BE7LH`, bob: `${TEAM}/U0BOB` }
};
const APPROVE = 'launchbook_approve';
const REJECT = 'launchbook_reject';

let signers: Signers;
let run: AskingRun;
let slack: Workspace;
let said: string[];
let listening: Awaited<ReturnType<typeof listenInSlack>>;

beforeAll(() => {
  signers = makeSigners([]);
});
afterAll(() => signers.remove());
beforeEach(async () => {
  slack = await startWorkspace();
  said = [];
});
afterEach(async () => {
  await listening?.close();
  await slack.close();
  run.end();
});

async function begin(
  approvals: HoldPolicy = {},
  { pages = DECIDE, params = {} }: { pages?: object; params?: AskingOptions['params'] } = {}
): Promise<string> {
  run = await makeAskingRun({
    pages: pages as typeof DECIDE,
    params,
    approvals: { approvers: ['ann', 'bob'], grade: 'authenticated', ...approvals }
  });
  run.allow(
    `door namespaces="launchbook-voucher" ${readFileSync(`${signers.keyOf('mallory')}.pub`, 'utf8')}`
  );
  const voucher = await Voucher.open(signers.keyOf('mallory'), {
    name: 'door',
    allowedSigners: `${run.folder}/allowed_signers`
  });
  listening = await listenInSlack(
    { find: () => [run.path], voucher, url: slack.url, say: text => said.push(text), againMs: 20 },
    slack.tokens
  );
  await listening!.heard;
  return decisionSecret(run.approval())!;
}

const reason = (value: string | null): Json => ({ reason: { reason: { type: 'plain_text_input', value } } });
const written = (): string[] => {
  const folder = tokenFolderOf(run.path);
  return existsSync(folder) ? readdirSync(folder) : [];
};
/** Waits for a condition; the work goes on after Slack was answered. */
async function until(isSo: () => boolean): Promise<void> {
  for (const end = Date.now() + 10_000; !isSo() && Date.now() < end;) {
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  expect(isSo()).toBe(true);
}
/** What the person was told who clicked, and nobody else was. */
async function told(user: string): Promise<string> {
  await until(() => slack.ephemeral.length > 0);
  expect(slack.ephemeral).toHaveLength(1);
  expect(slack.ephemeral[0]).toMatchObject({ channel: CHANNEL, user, thread_ts: '1795333803.000001' });
  expect(slack.messages).toEqual([]);
  return String(slack.ephemeral[0]!['text']);
}
const nothingDecided = (): void => {
  expect(written()).toEqual([]);
  expect(run.approval()).toMatchObject({ status: 'pending', decisions: [] });
};

test('a click, a reason, and it is decided: by whom, with what, and with the words', async () => {
  const secret = await begin();
  expect(await slack.click('U0BOB', APPROVE, secret)).toEqual({});
  await until(() => slack.views.length === 1);
  expect(JSON.stringify(slack.views[0]!.view)).toContain('Does a tea ordered in staging arrive');
  expect(await slack.submit('U0BOB', reason('Ordered a tea'))).toEqual({});
  expect(await run.answer).toMatchObject({
    by: { username: 'bob', grade: 'authenticated' },
    comment: 'Ordered a tea',
    signature: { means: 'slack' }
  });
  expect(slack.ephemeral).toEqual([]);
  expect(slack.faults).toEqual([]);
});

test('a rejection needs its reason, which the modal says', async () => {
  const secret = await begin();
  await slack.click('U0BOB', REJECT, secret);
  await until(() => slack.views.length === 1);
  expect(await slack.submit('U0BOB', reason(null))).toEqual({
    response_action: 'errors',
    errors: { reason: 'A rejection needs its reason.' }
  });
  nothingDecided();
  await slack.submit('U0BOB', reason('The tea was cold'));
  await expect(run.answer).rejects.toMatchObject({ message: expect.stringContaining('The tea was cold') });
});

test('the form of a question is a part of the modal', async () => {
  const field = { choices: [], required: true };
  const form = [
    { ...field, name: 'ticket', label: 'Ticket', type: 'text' },
    { ...field, name: 'share', label: 'Share', type: 'number' },
    { ...field, name: 'seen', label: 'Seen', type: 'boolean' },
    { ...field, name: 'region', label: 'Region', type: 'choice', choices: ['eu', 'us'] }
  ];
  const secret = await begin({}, { params: { form } as AskingOptions['params'] });
  await slack.click('U0BOB', APPROVE, secret);
  await until(() => slack.views.length === 1);
  await slack.submit('U0BOB', {
    ...reason('Seen'),
    field_0: { value: { type: 'plain_text_input', value: 'OPS-1' } },
    field_1: { value: { type: 'number_input', value: '12.5' } },
    field_2: { value: { type: 'checkboxes', selected_options: [{ value: 'Yes' }] } },
    field_3: { value: { type: 'static_select', selected_option: { value: 'eu' } } }
  });
  expect(await run.answer).toMatchObject({
    values: { ticket: 'OPS-1', share: 12.5, seen: true, region: 'eu' }
  });
});

describe('refused, to that person alone:', () => {
  const other = (change: Json): Json => ({ ...change });

  test.each<[string, string, string, Json, string]>([
    ['somebody whom nobody maps', 'U0EVE', APPROVE, {}, 'are not among those who decide in Slack'],
    [
      'another workspace',
      'U0BOB',
      APPROVE,
      other({ team: { id: 'T0OTHER' }, user: { id: 'U0BOB', team_id: 'T0OTHER' } }),
      'Your workspace (T0OTHER) is not one'
    ],
    [
      'a person of another company in a shared channel',
      'U0BOB',
      APPROVE,
      other({ user: { id: 'U0BOB', team_id: 'T0OTHER' } }),
      'names two workspaces'
    ],
    ['nobody', 'U0BOB', APPROVE, other({ user: { id: 'U0BOB' }, team: null }), 'does not say who you are']
  ])('%s', async (_, user, action, change, text) => {
    slack.members.set('U0EVE', slack.members.get('U0BOB')!);
    const secret = await begin();
    await slack.click(user, action, secret, change);
    expect(await told(user)).toContain(text);
    expect(slack.views).toEqual([]);
    nothingDecided();
  });

  test.each<[string, Json | null, string]>([
    ['a guest of one channel', { is_ultra_restricted: true }, 'is that of a guest'],
    ['a guest of some channels', { is_restricted: true }, 'is that of a guest'],
    ['a bot', { is_bot: true }, 'is that of a bot'],
    ['a workflow', { is_workflow_bot: true }, 'is that of a bot'],
    ['an account that is switched off', { deleted: true }, 'is switched off'],
    ['a stranger', { is_stranger: true }, 'belongs to another company'],
    ['a member of another workspace', { team_id: 'T0OTHER' }, 'does not say that you are a member'],
    ['an answer that says too little', { is_bot: undefined }, 'does not say that you are a member']
  ])('%s', async (_, change, text) => {
    const secret = await begin();
    slack.members.set('U0BOB', { ...slack.members.get('U0BOB'), ...change });
    await slack.click('U0BOB', APPROVE, secret);
    expect(await told('U0BOB')).toContain(text);
    nothingDecided();
  });

  test('everybody, where the list is empty, although a name is that of somebody who may', async () => {
    const secret = await begin({}, { pages: { ...DECIDE, slack: {} } });
    await slack.click('U0BOB', APPROVE, secret, {
      user: { id: 'U0BOB', team_id: TEAM, name: 'bob', username: 'bob' }
    });
    expect(await told('U0BOB')).toContain('names nobody');
    nothingDecided();
  });

  test.each<[string, HoldPolicy, object, string]>([
    ['whoever may not decide', { approvers: ['ann'] }, {}, 'is not among those who may decide'],
    ['where signatures are asked for', { grade: 'signed' }, {}, 'is not decided by clicks in Slack'],
    [
      'where other means are asked for',
      { means: ['hub', 'passkey'] },
      {},
      'is not decided by clicks in Slack'
    ],
    ['where no voucher is named', {}, { voucher: undefined }, 'is not decided by clicks in Slack']
  ])('%s', async (_, approvals, change, text) => {
    const secret = await begin(approvals, {
      pages: JSON.parse(JSON.stringify({ ...DECIDE, ...change })) as object
    });
    await slack.click('U0BOB', APPROVE, secret);
    expect(await told('U0BOB')).toContain(text);
    nothingDecided();
  });

  test('a button of a question that is not known, or is none', async () => {
    await begin();
    for (const value of ['0'.repeat(32), '../../etc', '']) {
      slack.ephemeral.length = 0;
      await slack.click('U0BOB', APPROVE, value);
      expect(await told('U0BOB')).toContain('not one that the board knows');
    }
    await slack.click('U0BOB', 'other_action', decisionSecret(run.approval())!);
    await slack.send({ type: 'message_action' });
    nothingDecided();
  });

  test('who was a member when the modal opened, and is none when it is sent', async () => {
    const secret = await begin();
    await slack.click('U0BOB', APPROVE, secret);
    await until(() => slack.views.length === 1);
    slack.members.set('U0BOB', { ...slack.members.get('U0BOB'), is_restricted: true });
    await slack.submit('U0BOB', reason('Seen'));
    expect(await told('U0BOB')).toContain('is that of a guest');
    nothingDecided();
  });

  test('a modal that somebody else sends, or that was changed', async () => {
    const secret = await begin({ approvers: ['bob'] });
    await slack.click('U0BOB', APPROVE, secret);
    await until(() => slack.views.length === 1);
    await slack.submit('U024BE7LH', reason('Seen'));
    expect(await told('U024BE7LH')).toContain('is not among those who may decide');
    for (const kept of [
      '',
      '{}',
      'null',
      JSON.stringify({ secret: 1, decision: 'approved', channel: CHANNEL })
    ]) {
      await slack.submit('U0BOB', reason('Seen'), {
        view: { ...slack.views[0]!.view, id: 'V1', private_metadata: kept }
      });
    }
    nothingDecided();
  });

  test('the driver', async () => {
    const secret = await begin({ fourEyes: true });
    await slack.click('U024BE7LH', APPROVE, secret);
    expect(await told('U024BE7LH')).toMatch(/drives|nobody can tell/);
    nothingDecided();
  });
});

describe('nothing is decided', () => {
  test.each<[string, (workspace: Workspace) => void, string]>([
    [
      'when Slack does not say who is a member',
      ({ script }) => (script.errors['users.info'] = 'missing_scope'),
      'so you cannot decide here now'
    ],
    [
      'when it does not open the modal',
      ({ script }) => (script.errors['views.open'] = 'expired_trigger_id'),
      'Click again'
    ],
    ['when it wants no more calls', ({ script }) => (script.limited = 1), 'rate']
  ])('%s', async (_, spoil, text) => {
    const secret = await begin();
    spoil(slack);
    await slack.click('U0BOB', APPROVE, secret);
    expect(await told('U0BOB')).toContain(text);
    nothingDecided();
  });

  test('when Slack cannot even be told to say so: whoever serves the board hears it', async () => {
    const secret = await begin();
    slack.script.errors['users.info'] = 'internal_error';
    slack.script.errors['chat.postEphemeral'] = 'user_not_in_channel';
    await slack.click('U0BOB', APPROVE, secret);
    await until(() => said.some(text => text.includes('did not take that message')));
    nothingDecided();
  });

  test('by a double click; by the modal sent twice once', async () => {
    const secret = await begin({ required: 2 });
    await Promise.all([slack.click('U0BOB', APPROVE, secret), slack.click('U0BOB', APPROVE, secret)]);
    await until(() => slack.views.length === 2);
    nothingDecided();
    await Promise.all([slack.submit('U0BOB', reason('Seen')), slack.submit('U0BOB', reason('Seen'))]);
    await until(() => run.approval().decisions.length === 1);
    // The other modal is of the same person.
    slack.views.pop();
    await slack.submit('U0BOB', reason('Seen'));
    await until(() => slack.ephemeral.length > 0);
    expect(slack.ephemeral.at(-1)!['text']).toContain('has decided');
    expect(run.approval()).toMatchObject({ status: 'pending', decisions: { length: 1 } });
  });

  test('when it was decided elsewhere meanwhile', async () => {
    const secret = await begin();
    await slack.click('U0BOB', APPROVE, secret);
    await until(() => slack.views.length === 1);
    await run.approvals.decide(
      { approval: run.id, content: run.approval().content, decision: 'rejected', comment: 'Cold' },
      { username: 'ann', name: 'Ann', grade: 'authenticated' }
    );
    await slack.submit('U0BOB', reason('Seen'));
    expect(await told('U0BOB')).toContain('is rejected already');
  });

  test('when the line breaks in the middle of a click: it is not worked on, and the next one is', async () => {
    const secret = await begin();
    await slack.click('U0BOB', APPROVE, secret);
    await until(() => slack.views.length === 1);
    const lost = slack.submit('U0BOB', reason('Seen'));
    slack.lines.forEach(line => line.terminate());
    await lost;
    await until(() => slack.lines.size === 1);
    slack.faults.length = 0;
    if (run.approval().status === 'pending') {
      await slack.submit('U0BOB', reason('Seen'));
    }
    await run.answer;
    expect(run.approval().decisions).toHaveLength(1);
  });
});

describe('the line to Slack', () => {
  test('is made again after it ended, and after it was refused', async () => {
    const secret = await begin();
    slack.script.handshake = 409;
    slack.refresh();
    await until(() => said.some(text => text.startsWith('Slack cannot be heard')));
    slack.script.handshake = 101;
    await until(() => slack.lines.size === 1);
    await until(() => said.includes('Slack is heard again.'));
    await slack.click('U0BOB', APPROVE, secret);
    await until(() => slack.views.length === 1);
    expect(said.filter(text => text.startsWith('Slack cannot be heard'))).toHaveLength(1);
  });

  test('survives what is no message of Slack', async () => {
    const secret = await begin();
    slack.lines.forEach(line => {
      line.send('{');
      line.send('null');
      line.send(Buffer.from([0, 1, 2]));
      line.send(JSON.stringify({ type: 'interactive', envelope_id: 'x' }));
      line.send(
        JSON.stringify({
          type: 'interactive',
          envelope_id: 'y',
          payload: { type: 'view_submission', view: 1 }
        })
      );
    });
    await slack.click('U0BOB', APPROVE, secret);
    await until(() => slack.views.length === 1);
    nothingDecided();
  });

  test('needs both tokens', async () => {
    await begin();
    const voucher = {} as Voucher;
    const parts = { find: () => [], voucher, say: () => undefined };
    expect(await listenInSlack(parts, {})).toBeNull();
    await expect(listenInSlack(parts, { LAUNCHBOOK_SLACK_APP_TOKEN: 'xapp-test' })).rejects.toMatchObject({
      code: 'decide.no_slack'
    });
  });
});
