// Text in, faults out.
import { expect, test } from '@jest/globals';
import { CHECK_COMM, type CheckAnswer, type CheckDiagnostic } from '../../../../contract/comms/check-comm.js';
import type { Json } from '../../../../contract/base/json.js';
import type { Comm } from '../../../../kernel/core/ports/ports.js';
import { CheckComm, type Check } from '../../../../kernel/host/comms/check-comm.js';

const FAULT: CheckDiagnostic = {
  code: 'TS2322',
  message: 'no',
  severity: 'error',
  line: 1,
  column: 7,
  frame: 'no'
};

async function talk(check: Check, ...messages: Json[]): Promise<CheckAnswer[]> {
  const answers: CheckAnswer[] = [];
  let receive: (data: Json) => void = () => undefined;
  const comm: Comm = {
    id: 'one',
    target: CHECK_COMM,
    session: 'page',
    send: data => answers.push(data as unknown as CheckAnswer),
    tellAll: () => undefined,
    close: () => undefined,
    forget: () => undefined,
    onMessage: handle => (receive = handle),
    onClose: () => undefined
  };
  new CheckComm(check).open(comm);
  messages.forEach(message => receive(message));
  await new Promise(setImmediate);
  return answers;
}

test('an answer carries the request’s id and version with the faults', async () => {
  const check: Check = async code => (code === 'bad' ? [FAULT] : []);
  const answers = await talk(
    check,
    { request: 'a', version: 3, code: 'bad' },
    { request: 'b', code: 'good' }
  );
  expect(answers).toEqual([
    { request: 'a', version: 3, diagnostics: [FAULT], error: null },
    { request: 'b', diagnostics: [], error: null }
  ]);
});

test('a text that cannot be checked is answered with the reason', async () => {
  const check: Check = () => Promise.reject(new Error('no server'));
  const [answer] = await talk(check, { request: 'a', code: 'x' });
  expect(answer).toMatchObject({ request: 'a', diagnostics: null, error: { message: 'no server' } });
});

test.each([
  [null],
  ['x'],
  [[]],
  [{ request: 1, code: 'x' }],
  [{ request: 'a' }],
  [{ request: 'a', code: 'x', version: '1' }]
])('what is no request gets no answer: %j', async message => {
  expect(await talk(async () => [], message as Json)).toEqual([]);
});
