// What has become of the steps of a run: deleted, added, moved, tagged; and any number of edits of them.
import { expect, test } from '@jest/globals';
import { outlineChanges } from '../../../contract/notebook/outline-changes.js';
import type { Outline } from '../../../contract/notebook/outline.js';
import { makeRandom } from '../../random.js';

/** A step for each letter; one in capitals is optional. */
const outlineFrom = (letters: string): Outline => ({
  title: '',
  phases: [
    {
      id: 'p',
      title: 'Deploy',
      steps: [...letters].map(letter => ({
        id: letter.toLowerCase(),
        title: letter.toLowerCase(),
        holds: [],
        ...(letter === letter.toLowerCase() ? {} : { isOptional: true as const })
      }))
    }
  ]
});
const changes = (before: string, after: string): string[] =>
  outlineChanges(outlineFrom(before), outlineFrom(after)).map(({ id, how }) => `${id} ${how}`);

test.each<[string, string, string[]]>([
  ['abcd', 'abcd', []],
  ['abcd', 'acd', ['b deleted']],
  ['abcd', 'abxcd', ['x added']],
  ['abcd', 'acdb', ['b moved']],
  ['abcd', 'dabc', ['d moved']],
  ['abcd', 'aBcd', ['b marked optional']],
  ['aBcd', 'abcd', ['b marked not optional']],
  ['abcd', 'xDab', ['c deleted', 'd moved', 'd marked optional', 'x added']],
  ['', 'ab', ['a added', 'b added']],
  ['ab', '', ['a deleted', 'b deleted']]
])('%s to %s', (before, after, expected) => expect(changes(before, after)).toEqual(expected));

test('of steps in another order as few as possible are told as moved, and the others are in order', () => {
  const random = makeRandom(7);
  for (let round = 0; round < 300; round++) {
    const before = [...'abcdefg'].filter(() => random() < 0.9);
    const after = before.filter(() => random() < 0.9).sort(() => random() - 0.5);
    const told = outlineChanges(outlineFrom(before.join('')), outlineFrom(after.join('')));
    const moved = told.filter(({ how }) => how === 'moved').map(({ id }) => id);
    const rest = after.filter(id => !moved.includes(id));
    expect(rest).toEqual(before.filter(id => rest.includes(id)));
    expect(told.filter(({ how }) => how === 'deleted').map(({ id }) => id)).toEqual(
      before.filter(id => !after.includes(id))
    );
    expect(rest.length).toBe(longestInOrder(after));
  }
});

/** By looking at every choice. */
function longestInOrder(ids: readonly string[]): number {
  const [first, ...others] = ids;
  return first === undefined
    ? 0
    : Math.max(longestInOrder(others), 1 + longestInOrder(others.filter(id => id > first)));
}
