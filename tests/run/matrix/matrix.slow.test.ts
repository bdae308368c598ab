// Each helper that changes the world, in each place of a step, ending in each way, against the table of right outcomes: the step is what
// the table says, nothing is done twice, and the run goes on from there.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { rounds } from '../../proof.js';
import { makeRandom } from '../../random.js';
import { faultsOf, startMatrix, stopMatrix } from './matrix.js';
import { ENDINGS, HELPERS, PLACES, rightOutcome, type MatrixCase } from './outcomes.js';

const CASES = rounds({ inTest: 24, inProof: 1_000 });
const MOST_MS_OF_CASE = 60_000;
/** A case waits most of its time. */
const AT_ONCE = 4;

beforeAll(startMatrix);
afterAll(stopMatrix);

test(
  `${CASES} cases are as the table says`,
  async () => {
    const cases = casesOf(14);
    const faults: string[] = [];
    const left = cases.entries();
    const takeTurns = async (): Promise<void> => {
      for (const [index, each] of left) {
        faults.push(...(await faultsOf(each, index)));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, takeTurns));
    console.log(`${cases.length} cases, ${faults.length} differences`);
    expect(faults).toEqual([]);
  },
  CASES * MOST_MS_OF_CASE
);

/** Every pair of a place and an ending comes before one comes again; the helpers take turns. */
function casesOf(seed: number): MatrixCase[] {
  const random = makeRandom(seed);
  const all = PLACES.flatMap(place =>
    ENDINGS.flatMap(ending =>
      HELPERS.map((helper): MatrixCase => ({ helper, place, ending })).filter(
        each => rightOutcome(each) !== null
      )
    )
  );
  const shuffled = all
    .map(each => ({ each, turn: random() }))
    .sort((a, b) => a.turn - b.turn)
    .map(({ each }) => each);
  const seen = new Map<string, number>();
  const turnOf = ({ place, ending }: MatrixCase): number => {
    const key = `${place} ${ending}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
    return seen.get(key)!;
  };
  const ordered = shuffled
    .map(each => ({ each, turn: turnOf(each) }))
    .sort((a, b) => a.turn - b.turn)
    .map(({ each }) => each);
  return Array.from({ length: CASES }, (_, index) => ordered[index % ordered.length]!);
}
