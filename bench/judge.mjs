// From what was measured to the rows of the table: medians, the ratio to the peer that a target names, and the verdict.
// A target whose figure or peer is missing is never met: `met` is false with a reason, or null when nothing was asked.
import { FIGURES } from './figures.mjs';
import { summarize } from './statistics.mjs';
import { TARGETS } from './targets.mjs';

export const SUBJECT = 'launchbook';

/**
 * Rows of the measured scenarios. `measured` has `values`, `remarks` and `faults`, each by figure and kernel.
 * `kernels` are the names of the columns.
 */
export function judge(measured, scenarios, kernels) {
  return FIGURES.filter(({ scenario }) => scenarios.includes(scenario)).map(figure =>
    rowOf(figure, measured, kernels)
  );
}

function rowOf({ id, title, unit, peersFrom }, measured, kernels) {
  const sourceOf = kernel => (kernel === SUBJECT ? id : (peersFrom ?? id));
  const each = read => Object.fromEntries(kernels.map(kernel => [kernel, read(sourceOf(kernel), kernel)]));
  const results = each((figure, kernel) => ({
    ...summarize(measured.values[figure]?.[kernel] ?? []),
    remarks: countAlike(measured.remarks[figure]?.[kernel] ?? []),
    fault: measured.faults[figure]?.[kernel] ?? null
  }));
  return {
    figure: id,
    title,
    unit,
    isBorrowed: peersFrom !== undefined,
    results,
    target: verdictOf(id, results)
  };
}

function verdictOf(id, results) {
  const target = TARGETS.find(({ figure }) => figure === id);
  if (!target) {
    return null;
  }
  const { atMost, of = null, clean = false } = target;
  const ours = results[SUBJECT];
  const base = of === null ? 1 : results[of]?.median;
  const ratio = ours?.median === undefined || base === undefined ? null : ours.median / base;
  const reason = reasonAgainst({
    ratio,
    atMost,
    of,
    ours,
    theirs: of === null ? undefined : results[of],
    clean
  });
  return { atMost, of, ratio, met: reason === null, reason };
}

function reasonAgainst({ ratio, atMost, of, ours, theirs, clean }) {
  if (ours?.fault || ours?.median === undefined) {
    return ours?.fault ?? 'not measured';
  }
  if (ratio === null) {
    return `${of} has no figure: ${theirs?.fault ?? 'not measured'}`;
  }
  if (clean && ours.remarks.length > 0) {
    return ours.remarks.join('; ');
  }
  return ratio > atMost ? `${round(ratio)} is more than ${atMost}` : null;
}

/** Remarks of many repetitions, each told once. Numbers in them differ, so the first of each kind stands for all. */
function countAlike(remarks) {
  const kinds = new Map();
  for (const remark of remarks) {
    const kind = remark.replaceAll(/\d+/g, '#');
    kinds.set(kind, [...(kinds.get(kind) ?? []), remark]);
  }
  return [...kinds.values()].map(alike =>
    alike.length > 1 ? `${alike[0]} (${alike.length} times alike)` : alike[0]
  );
}

function round(ratio) {
  return ratio.toFixed(2);
}
