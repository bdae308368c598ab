// From what was measured to the rows of the table, in the shape that bench/table.mjs prints.
import { summarize } from '../statistics.mjs';
import { FIGURES } from './figures.mjs';
import { OURS, PLAIN } from './variants.mjs';

/** `values` are lists of samples by variant and figure. */
export function judgeLab(values, variants) {
  addHeap(values, variants);
  return FIGURES.map(figure => rowOf(figure, values, variants));
}

/** What an extension adds to plain JupyterLab in the same round. */
function addHeap(values, variants) {
  const plain = values[PLAIN]?.heap ?? [];
  for (const name of variants.filter(each => each !== PLAIN)) {
    const samples = values[name]?.heap ?? [];
    values[name]['heap-added'] = samples.map((heap, round) => heap - plain[round]);
  }
}

function rowOf({ id, title, unit, from = id, atMost, of = null, inTurns = false }, values, variants) {
  const results = Object.fromEntries(
    variants.map(name => [
      name,
      { ...summarize(values[name]?.[name === OURS ? id : from] ?? []), remarks: [], fault: null }
    ])
  );
  const ratio = inTurns
    ? ratioInTurns(values[OURS]?.[id], values[of]?.[id])
    : ratioOf(results[OURS]?.median, of === null ? 1 : results[of]?.median);
  return { figure: id, title, unit, isBorrowed: from !== id, results, target: targetOf(ratio, atMost, of) };
}

function ratioOf(ours, base) {
  return ours === undefined || base === undefined ? null : ours / base;
}

/** Samples of one round stand at the same place. */
function ratioInTurns(ours, base) {
  return ours && base ? (summarize(ours.map((value, round) => value / base[round]))?.median ?? null) : null;
}

function targetOf(ratio, atMost, of) {
  if (atMost === undefined) {
    return null;
  }
  const met = ratio !== null && ratio <= atMost;
  const reason = met ? null : ratio === null ? 'not measured' : `${ratio.toFixed(2)} is more than ${atMost}`;
  return { atMost, of, ratio, met, reason };
}
