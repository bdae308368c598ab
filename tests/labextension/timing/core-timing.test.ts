// What JupyterLab recorded itself.
import { describe, expect, test } from '@jest/globals';
import { asUtc, coreTimingOf } from '../../../labextension/timing/core-timing.js';

const WHOLE = {
  'iopub.status.busy': '2026-11-22T08:00:00.000Z',
  'iopub.execute_input': '2026-11-22T08:00:00.100Z',
  'shell.execute_reply.started': '2026-11-22T08:00:00.050Z',
  'shell.execute_reply': '2026-11-22T08:00:02.000Z',
  'iopub.status.idle': '2026-11-22T08:00:02.001Z'
};

describe('metadata.execution', () => {
  test("tells start and end by the kernel's stamps", () => {
    expect(coreTimingOf(WHOLE, false)).toEqual({
      n: 1,
      queued: '2026-11-22T08:00:00.000Z',
      started: '2026-11-22T08:00:00.050Z',
      ended: '2026-11-22T08:00:02.000Z',
      outcome: 'passed',
      by: ''
    });
  });

  test('tells a failure by the error in the output, for it has no word of its own', () => {
    expect(coreTimingOf(WHOLE, true)?.outcome).toBe('failed');
  });

  test('tells what was not run, and what has no known end', () => {
    expect(coreTimingOf({ 'shell.execute_reply': WHOLE['shell.execute_reply'] }, false)?.outcome).toBe(
      'aborted'
    );
    const cut = {
      'iopub.execute_input': WHOLE['iopub.execute_input'],
      execution_failed: '2026-11-22T08:00:01.000Z'
    };
    expect(coreTimingOf(cut, false)).toMatchObject({
      outcome: 'inconclusive',
      ended: '2026-11-22T08:00:01.000Z'
    });
  });

  test.each([undefined, null, 'x', {}, { 'iopub.status.busy': 'never' }])('%j tells nothing', value => {
    expect(coreTimingOf(value, false)).toBeNull();
  });
});

test('a time without a zone is UTC', () => {
  expect(asUtc('2026-11-22T08:00:00.5')).toBe('2026-11-22T08:00:00.500Z');
  expect(asUtc('2026-11-22T10:00:00+02:00')).toBe('2026-11-22T08:00:00.000Z');
  expect(asUtc('')).toBeNull();
  expect(asUtc(3)).toBeNull();
});
