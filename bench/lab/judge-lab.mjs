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

function rowOf({ id, title, unit, from = id, atMost, of = null }, values, variants) {
  const results = Object.fromEntries(
    variants.map(name => [
      name,
      { ...summarize(values[name]?.[name === OURS ? id : from] ?? []), remarks: [], fault: null }
    ])
  );
  return { figure: id, title, unit, isBorrowed: from !== id, results, target: targetOf(results, atMost, of) };
}

function targetOf(results, atMost, of) {
  if (atMost === undefined) {
    return null;
  }
  const ours = results[OURS]?.median;
  const base = of === null ? 1 : results[of]?.median;
  const ratio = ours === undefined || base === undefined ? null : ours / base;
  const met = ratio !== null && ratio <= atMost;
  const reason = met ? null : ratio === null ? 'not measured' : `${ratio.toFixed(2)} is more than ${atMost}`;
  return { atMost, of, ratio, met, reason };
}
