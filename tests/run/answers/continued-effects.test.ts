// What a continuation keeps, does again, and does a second time.
import { expect, test } from '@jest/globals';
import { continuedEffects } from '../../../run/answers/continued-effects.js';
import type { RecordedEffect } from '../../../run/answers/recorded-effect.js';

type Part = Partial<Pick<RecordedEffect, 'lane' | 'within' | 'helper' | 'id'>>;

function effect(
  label: string,
  seqs: readonly [number, number],
  outcome: 'passed' | 'failed' | 'inconclusive',
  part: Part = {}
): RecordedEffect {
  return {
    id: label,
    helper: 'shell',
    label,
    request: { label },
    attempt: 1,
    startSeq: seqs[0],
    endSeq: seqs[1],
    end: { outcome, result: null },
    judged: null,
    ...part
  };
}

const labels = (effects: readonly RecordedEffect[]): string[] => effects.map(({ label }) => label);
function divide(effects: readonly RecordedEffect[]): {
  kept: string[];
  failed: string[];
  repeated: string[];
} {
  const { kept, failed, repeated } = continuedEffects(effects);
  return { kept: labels(kept), failed: labels(failed), repeated: labels(repeated) };
}

test('what has passed is kept, what failed is done again', () => {
  expect(divide([effect('a', [1, 2], 'passed'), effect('b', [3, 4], 'failed')])).toEqual({
    kept: ['a'],
    failed: ['b'],
    repeated: []
  });
});

test('an item goes on at its failure with everything after it, and the others are kept whole', () => {
  const item = (lane: string) => ({ lane });
  expect(
    divide([
      effect('drain a', [1, 2], 'passed', item('0:a')),
      effect('drain b', [3, 4], 'passed', item('1:b')),
      effect('upgrade a', [5, 8], 'failed', item('0:a')),
      effect('upgrade b', [6, 7], 'passed', item('1:b')),
      effect('undrain a', [9, 10], 'passed', item('0:a')),
      effect('undrain b', [11, 12], 'passed', item('1:b'))
    ])
  ).toEqual({
    kept: ['drain a', 'drain b', 'upgrade b', 'undrain b'],
    failed: ['upgrade a'],
    repeated: ['undrain a']
  });
});

test('what the step did after its items had failed is done again too', () => {
  expect(
    divide([effect('deploy a', [1, 2], 'failed', { lane: '0:a' }), effect('tell people', [3, 4], 'passed')])
  ).toEqual({ kept: [], failed: ['deploy a'], repeated: ['tell people'] });
});

test('a failure that the cell had dealt with stays as it is', () => {
  expect(
    divide([
      effect('probe', [1, 2], 'failed'),
      effect('deploy', [3, 4], 'passed'),
      effect('check', [5, 6], 'failed')
    ])
  ).toEqual({ kept: ['probe', 'deploy'], failed: ['check'], repeated: [] });
});

test('what ran beside the failure and was ended is done again, what had passed beside it is kept', () => {
  expect(
    divide([
      effect('a', [1, 4], 'passed'),
      effect('b', [2, 5], 'failed'),
      effect('c', [3, 6], 'inconclusive')
    ])
  ).toEqual({ kept: ['a'], failed: ['b', 'c'], repeated: [] });
});

test('a wait that failed looks anew; a record that failed keeps what it had done inside', () => {
  expect(
    divide([
      effect('wait', [1, 6], 'failed', { helper: 'poll', id: 'w' }),
      effect('look', [2, 3], 'passed', { within: 'w' })
    ]).kept
  ).toEqual([]);
  expect(
    divide([
      effect('change', [1, 6], 'failed', { helper: 'record', id: 'r' }),
      effect('open', [2, 3], 'passed', { within: 'r' })
    ])
  ).toEqual({ kept: ['open'], failed: ['change'], repeated: [] });
});
