// What a run of the benchmarks proves: that every target is met, or is documented as out of reach and no worse than documented.
import { TARGETS } from './targets.mjs';

/** What the short form, whose medians are of few samples, may be worse than the documented ratio. */
export const MARGIN = 1.25;

/** A line for each row with a target, and whether all of them are as they should be. `left` are figures that were not asked for. */
export function findRegressions(rows, left = []) {
  const judged = rows
    .filter(({ figure, target }) => target !== null && !left.includes(figure))
    .map(row => judgeRow(row, TARGETS.find(({ figure }) => figure === row.figure)?.reached));
  return { lines: judged.map(({ line }) => line), hasPassed: judged.every(({ isFine }) => isFine) };
}

function judgeRow({ title, target: { atMost, of, ratio, met, reason } }, reached) {
  const wanted = `at most ${atMost}${of === null ? '' : ` of ${of}'s`}`;
  if (met) {
    return { isFine: true, line: `met: ${title}: ${round(ratio)}, ${wanted}` };
  }
  if (reached === undefined || ratio === null) {
    return { isFine: false, line: `NOT MET: ${title}: ${reason}; it should be ${wanted}` };
  }
  return ratio <= reached * MARGIN
    ? {
        isFine: true,
        line: `out of reach: ${title}: ${round(ratio)}, ${wanted}; docs/benchmarks.md says why ${reached} is what there is`
      }
    : {
        isFine: false,
        line: `WORSE: ${title}: ${round(ratio)}, documented as ${reached}, and up to ${round(reached * MARGIN)} is noise`
      };
}

function round(ratio) {
  return ratio.toFixed(2);
}
