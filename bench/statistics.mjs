// Numbers about samples. The median is what figures are compared by; least and most show how noisy the machine was.

/** Least, median, most and number of `values`; undefined for none. */
export function summarize(values) {
  if (values.length === 0) {
    return undefined;
  }
  const sorted = values.toSorted((a, b) => a - b);
  return { median: medianOf(sorted), least: sorted[0], most: sorted.at(-1), samples: sorted.length };
}

/** Of marks that only grow, such as times in milliseconds: from one to the next, means of the first and the last tenth, and the last over the first. */
export function growthOf(marks) {
  const tenth = Math.floor(marks.length / 10);
  const firstMs = (marks[tenth] - marks[0]) / tenth;
  const lastMs = (marks.at(-1) - marks.at(-1 - tenth)) / tenth;
  return { ratio: lastMs / firstMs, firstMs, lastMs };
}

function medianOf(sorted) {
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
