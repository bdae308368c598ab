// Metadata of a request that say to which run its cell belongs.
import { describe, expect, test } from '@jest/globals';
import { runOfRequest, withRun } from '../../../contract/comms/request-run.js';

test('what a page says is what the kernel reads, beside what the front end says itself', () => {
  const marked = withRun({ cellId: 'ship', deletedCells: [] }, 'a');
  expect(marked).toEqual({ cellId: 'ship', deletedCells: [], launchbook: { run: 'a' } });
  expect(runOfRequest(marked!)).toBe('a');
  expect(withRun({ cellId: 'ship' }, null)).toEqual({ cellId: 'ship' });
  expect(withRun(undefined, null)).toBeUndefined();
});

describe('metadata', () => {
  test.each([
    [{}, null],
    [{ launchbook: null }, null],
    [{ launchbook: {} }, null],
    [{ launchbook: 'a' }, null],
    [{ launchbook: { run: null } }, 'null'],
    [{ launchbook: { run: { id: 'a' } } }, '[object Object]']
  ])('%j name the run %j', (metadata, expected) => {
    expect(runOfRequest(metadata)).toBe(expected);
  });
});
