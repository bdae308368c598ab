// What is said when the end of something could not be recorded: it has happened, so that nothing may be said that is meant for what has not.
import { expect, test } from '@jest/globals';
import { toErrorRecord } from '../../../contract/base/error.js';
import { JournalWriteError } from '../../../record/errors/journal-write-error.js';
import { endUnrecorded } from '../../../run/keeper/attempt-end.js';

const CAUSES = [
  'ENOSPC',
  'EDQUOT',
  'EFBIG',
  'EROFS',
  'EACCES',
  'EIO',
  'closed',
  'moved',
  'replaced',
  'changed'
];

test.each(CAUSES)('%s', code => {
  const cause = new JournalWriteError('/runs/release.journal.jsonl', 'written', { code });
  const { hint = '', message } = toErrorRecord(endUnrecorded('“fleetctl deploy”', 'ended (passed)', cause));
  expect(message).toMatch(
    /^“fleetctl deploy” was done: it ended \(passed\), and its end could not be recorded\./
  );
  expect(hint).not.toMatch(/did not happen|run the cell again|undefined|\.\.|  /);
  expect(hint).toContain(cause.wayOut);
  expect(hint).toMatch(/^Nothing else begins .* asks you about what has no end in the record\.$/);
  // For what was only to begin, the same way out says that it did not.
  expect(toErrorRecord(cause).hint).toMatch(/What was to be recorded now did not happen\.$/);
});

test('another error keeps its own hint, and one without a hint leaves no gap', () => {
  const hintOf = (cause: unknown) => toErrorRecord(endUnrecorded('The step', 'ended (failed)', cause)).hint;
  expect(hintOf(new Error('x'))).toBe(
    'Nothing else begins until the journal can be written again. Then run the step again: it goes on, and asks you about what has no end in the record.'
  );
});
