import { beforeEach, describe, expect, test } from '@jest/globals';
import { LaunchbookError } from '../../../contract/base/error.js';
import { $, approval, checklist, display } from '../../../runbook/index.js';
import type { CommandResult } from '../../../runbook/index.js';
import { installFakePorts, PROFILE, type FakePorts } from '../fake-ports.js';

let ports: FakePorts;

beforeEach(() => {
  ports = installFakePorts();
});

describe('approval', () => {
  test('asks with everything filled in and gives the decision', async () => {
    expect(await approval('QA sign-off')).toMatchObject({ decision: 'approved', by: { username: 'ann' } });
    expect(ports.asked).toEqual([
      { name: 'QA sign-off', question: 'May the run go on?', approvers: [], evidence: [], timeoutMs: null }
    ]);
  });

  test('hands on question, approvers and time-out', async () => {
    await approval('QA', { question: 'Good?', approvers: ['qa-lead'], timeout: '2h' });
    expect(ports.asked[0]).toMatchObject({ question: 'Good?', approvers: ['qa-lead'], timeoutMs: 7_200_000 });
  });

  test('a rejection goes on as it is', async () => {
    const rejection = new LaunchbookError('Ann rejected', { code: 'hold.rejected' });
    installFakePorts({ people: { approve: () => Promise.reject(rejection) } });
    await expect(approval('QA')).rejects.toBe(rejection);
  });

  test.each<[string, unknown, string]>([
    ['text', 'all green\n', 'all green'],
    ['a number', 42, '42'],
    ['nothing', undefined, 'none'],
    ['an object', { a: [1] }, '{\n  "a": [\n    1\n  ]\n}'],
    [
      'rows',
      [
        { table: 'orders', rows: 12 },
        { table: 'p', rows: null }
      ],
      'table   rows\n------  ----\norders  12\np'
    ],
    ['an error', new RangeError('too far'), 'RangeError: too far'],
    [
      'a search',
      {
        spl: 'search x',
        rows: [{ n: '1' }],
        link: 'http://s',
        count: 1,
        isTruncated: false,
        isComplete: false,
        messages: [{ type: 'WARN', text: 'A peer is down.' }],
        durationMs: 5,
        earliest: '-1h',
        latest: 'now'
      },
      'n\n-\n1\n1 row, which may not be all that there are, in 5 ms, -1h to now\nsearch x\nSplunk says: WARN: A peer is down.'
    ],
    [
      'a request',
      { method: 'GET', url: 'http://o/', status: 200, durationMs: 9, body: 'up' },
      'GET http://o/: status 200 after 9 ms\nup'
    ]
  ])('evidence may be %s', async (_, value, text) => {
    await approval('QA', { evidence: { Label: value } });
    expect(ports.asked[0]).toMatchObject({ evidence: [{ label: 'Label', text }] });
  });

  test('evidence may be what gather gave: a narrow table, a task a row', async () => {
    const seat = (name: string) => ({ name, members: [name] });
    const task = {
      id: 'task-1',
      title: 'Order a tea',
      owner: seat('ann'),
      deputy: seat('bob'),
      dueAt: '2026-11-22T09:00:00.000Z',
      answerBy: null,
      critical: true,
      hasCheck: false,
      status: 'done',
      heard: {
        by: { username: 'bob', name: 'Bob Ray', grade: 'signed' },
        at: '2026-11-22T08:00:00.000Z',
        comment: 'with sugar'
      },
      handedOverAt: '2026-11-22T07:55:00.000Z',
      checkFault: ''
    } as const;
    const open = { ...task, title: 'Read mails', status: 'open', heard: null, handedOverAt: null } as const;
    await approval('QA', { evidence: { Tasks: [task, open] } });
    display.table([task, open]);
    const table = [
      'Task         Status  Who          Due                      Heard                                     Comment',
      '-----------  ------  -----------  -----------------------  ----------------------------------------  ----------',
      'Order a tea  done    bob for ann  2026-11-22 09:00:00 UTC  Bob Ray (signed), 2026-11-22 08:00:00 UTC  with sugar',
      'Read mails   open    ann          2026-11-22 09:00:00 UTC'
    ];
    const text = String((ports.asked[0] as { evidence: { text: string }[] }).evidence[0]!.text);
    expect(text.replace(/ {2,}|-{3,}/g, '  ')).toBe(table.join('\n').replace(/ {2,}|-{3,}/g, '  '));
    expect(ports.shown[0]!.bundle['text/html']).toContain('Bob Ray (signed)');
    expect(ports.shown[0]!.bundle['text/markdown']).toMatch(
      /^\| Task \| Status \| Who \| Due \| Heard \| Comment \|/
    );
    expect(JSON.stringify([text, ports.shown])).not.toMatch(/members|checkFault/);
  });

  test('evidence that is too wide for a table is read row by row', async () => {
    const error = { code: 'shell.failed', message: 'x'.repeat(150) };
    await approval('QA', {
      evidence: {
        Hosts: [
          { host: 'web-1', error },
          { host: 'web-2', error: null }
        ]
      }
    });
    expect(ports.asked[0]).toMatchObject({
      evidence: [{ text: `host:  web-1\nerror: ${JSON.stringify(error)}\n\nhost:  web-2` }]
    });
  });

  test('evidence may be a command that could not be started, with the reason', async () => {
    await approval('QA', {
      evidence: { Status: await $`/etc/passwd`.catch((error: unknown) => error as CommandResult) }
    });
    expect(ports.asked[0]).toMatchObject({
      evidence: [
        {
          text: expect.stringMatching(
            /^\/etc\/passwd\npermission denied: \/etc\/passwd is not executable/
          ) as unknown
        }
      ]
    });
  });

  test('evidence may be the result of a command', async () => {
    await approval('QA', { evidence: { Status: await $`echo healthy` } });
    expect(ports.asked[0]).toMatchObject({
      evidence: [
        { text: expect.stringMatching(/^echo healthy\nexit code 0 after \d+ ms\nhealthy$/) as unknown }
      ]
    });
  });

  test('long evidence is cut with a note, known secrets are masked', async () => {
    const splunk = {
      url: 'http://s',
      web: 'http://s',
      token: 'very-secret-token',
      index: null,
      app: 'search'
    };
    ports = installFakePorts({ profile: { ...PROFILE, splunk } });
    await approval('QA', { evidence: { Log: 'x'.repeat(20_001), Token: 'is very-secret-token!' } });
    expect(ports.asked[0]).toMatchObject({
      evidence: [
        { text: expect.stringMatching(/x\n… 1 characters more$/) as unknown },
        { text: 'is «secret splunk.token»!' }
      ]
    });
  });

  test('lists every fault and asks nobody', async () => {
    const call = approval('', {
      approver: ['x'],
      question: 3,
      timeout: 'soon',
      evidence: { a: Promise.resolve(1) }
    } as never);
    await expect(call).rejects.toThrow(
      /The name is '' [\s\S]*'approver' is not an option\. Did you mean 'approvers'\?[\s\S]*'question' is 3[\s\S]*'evidence' is[\s\S]*none of them a promise[\s\S]*'timeout' is 'soon'/
    );
    expect(ports.asked).toEqual([]);
  });
});

describe('checklist', () => {
  test('items are required unless they say otherwise', async () => {
    await checklist('Closing', ['Dashboards are green', { text: 'Thank the team', required: false }]);
    expect(ports.asked).toEqual([
      {
        name: 'Closing',
        items: [
          { text: 'Dashboards are green', required: true },
          { text: 'Thank the team', required: false }
        ]
      }
    ]);
  });

  test('lists every fault and shows nothing', async () => {
    await expect(checklist('Closing', ['', { txt: 'x' }, 3] as never)).rejects.toThrow(
      /Item 1 is ''[\s\S]*Item 2: 'txt' is not an option\. Did you mean 'text'\?[\s\S]*Item 2: 'text' is missing[\s\S]*Item 3 is 3/
    );
    await expect(checklist('Closing', [])).rejects.toThrow('expected a list with at least one');
    expect(ports.asked).toEqual([]);
  });
});
