// The table on the terminal: one row a figure, one column a kernel, then ratio, target and verdict. Remarks follow as notes,
// because a time says little about a kernel that lost half of the lines.

import { SUBJECT } from './judge.mjs';

/** Lines of the table. `rows` come from judge.mjs, `kernels` are the columns. */
export function tableOf(rows, kernels) {
  const notes = [];
  const noted = text => `${text}${superscript(notes.length)}`;
  const cellOf = ({ median, remarks, fault }, row, kernel) => {
    // What there is to say about a borrowed figure stands beside its own row.
    const isTold = !row.isBorrowed || kernel === SUBJECT;
    const told = isTold ? [...(fault ? [fault] : []), ...remarks] : [];
    const value = median === undefined ? (fault ? 'failed' : '-') : shown(median);
    if (told.length === 0) {
      return value;
    }
    notes.push(`${row.title}, ${kernel}: ${told.join('; ')}`);
    return noted(value);
  };
  const body = rows.map(row => [
    row.unit ? `${row.title} (${row.unit})` : row.title,
    ...kernels.map(kernel => cellOf(row.results[kernel], row, kernel)),
    ratioOf(row.target),
    wantedOf(row.target),
    verdictOf(row.target)
  ]);
  return [
    ...aligned([['', ...kernels, 'ratio', 'target', 'met'], ...body]),
    '',
    ...notes.map((note, i) => `${superscript(i + 1)} ${note}`),
    ...rows.filter(row => row.target?.met === false).map(row => `not met: ${row.title}: ${row.target.reason}`)
  ];
}

function ratioOf(target) {
  return target === null || target.ratio === null ? '' : target.ratio.toFixed(2);
}

function wantedOf(target) {
  return target === null ? '' : `≤ ${target.atMost}${target.of === null ? '' : ` ${target.of}`}`;
}

function verdictOf(target) {
  return target === null ? '' : target.met ? 'yes' : 'NO';
}

/** Three digits that mean something: 0.42, 6.51, 48.2, 1210. */
function shown(value) {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function superscript(number) {
  return [...String(number)].map(digit => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('');
}

/** The first column to the left, the others to the right. */
function aligned(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map(row => row[column].length)));
  return rows.map(row =>
    row
      .map((text, column) => (column === 0 ? text.padEnd(widths[0]) : text.padStart(widths[column])))
      .join('  ')
      .trimEnd()
  );
}
