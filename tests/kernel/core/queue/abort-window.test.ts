// Which late cells belong to a queue that was stopped, by the client's own clock.
import { expect, jest, test } from '@jest/globals';
import { AbortWindow } from '../../../../kernel/core/queue/abort-window.js';
import { MessageSender } from '../../../../kernel/core/messages/message-sender.js';
import { RequestContext } from '../../../../kernel/core/queue/request-context.js';
import { makeMessage } from '../../../../kernel/protocol/make.js';
import { InMemoryTransport } from '../../../../kernel/transport/in-memory.js';

/** A cell that the client sent `afterMs` after its first, by a clock that is wrong by years. */
function sentAfter(afterMs: number, session = 's1', metadata = {}): RequestContext<'execute_request'> {
  const { header, ...rest } = makeMessage(
    { session, username: 'ann' },
    'execute_request',
    { code: '' },
    { metadata }
  );
  const date = new Date(Date.parse('2001-01-01T00:00:00Z') + afterMs).toISOString();
  const sender = new MessageSender(new InMemoryTransport(), { session: 'kernel', username: 'kernel' });
  return new RequestContext('shell', { header: { ...header, date }, ...rest }, sender);
}

test.each([
  ['sent before the client could know of the error', 4_000, 's1', true],
  ['sent after the error', 600_000, 's1', false],
  ['sent by another client', 4_000, 's2', false]
])('a cell %s', (_title, afterMs, session, isCovered) => {
  const window = new AbortWindow(0);
  const failed = sentAfter(0);
  // It ran for at least five seconds.
  Object.assign(failed, { receivedAtMs: failed.receivedAtMs - 5_000 });
  window.open(failed);
  expect(window.covers(sentAfter(afterMs, session))).toBe(isCovered);
});

test('not a cell sent after the reply, however late the queue hears of the error', () => {
  const window = new AbortWindow(0);
  const nowMs = Date.now();
  const clock = jest.spyOn(Date, 'now').mockReturnValue(nowMs);
  const failed = sentAfter(0);
  failed.reply({ status: 'aborted' });
  // The queue hears of it five seconds later; the client has long sent its next cell.
  clock.mockReturnValue(nowMs + 5_000);
  window.open(failed);
  clock.mockRestore();
  expect(window.covers(sentAfter(5))).toBe(false);
});

test('a cell of a notebook that arrives within the window, whenever it was sent', () => {
  const window = new AbortWindow(600_000);
  window.open(sentAfter(0, 's1', { cellId: 'a' }));
  expect(window.covers(sentAfter(900_000))).toBe(true);
});

test('not the next cell of a program that waits for each answer', () => {
  const window = new AbortWindow(600_000);
  window.open(sentAfter(0));
  expect(window.covers(sentAfter(900_000))).toBe(false);
});

test('nothing before the first error', () => {
  expect(new AbortWindow(600_000).covers(sentAfter(0))).toBe(false);
});
