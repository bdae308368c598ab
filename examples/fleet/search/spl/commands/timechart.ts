// timechart: one row for each span of time in the searched window, one column for each value of the `by` field.
// Columns beyond `limit` (10) are added up as OTHER; a span without events has count 0.
import { parseAggregates, type Aggregate } from '../aggregate.ts';
import type { SearchCommand, SearchWindow } from '../command.ts';
import { groupRows, type Group } from '../group-rows.ts';
import { SearchFault, toNumber, type Row } from '../row.ts';
import { parseSpan } from '../time.ts';
import { TokenReader } from '../token-reader.ts';
import { ARGUMENT_LEXICON, tokenize } from '../tokens.ts';

const MOST_SPANS = 10_000;
const DEFAULT_SPANS = 100;
const ROUND_SPANS_MS = [1, 5, 10, 30, 60, 300, 600, 1800, 3600, 14_400, 86_400].map(
  seconds => seconds * 1000
);

export const timechart: SearchCommand = text => {
  const reader = new TokenReader(tokenize(text, ARGUMENT_LEXICON), 'timechart');
  let spanText: string | undefined;
  let limit = 10;
  for (let more = true; more;) {
    const [span, most] = [reader.takeOption('span'), reader.takeOption('limit')];
    spanText = span ?? spanText;
    limit = most === undefined ? limit : Number(most);
    more = span !== undefined || most !== undefined;
  }
  const aggregates = parseAggregates(reader, text);
  const by = reader.takeWord('by') === undefined ? undefined : reader.expectText('a field name');
  reader.expectEnd();
  const wantedSpanMs = spanText === undefined ? undefined : parseSpan(spanText);

  return (rows, window) => {
    const { fromMs, toMs } = chartedTime(rows, window);
    const spanMs = wantedSpanMs ?? roundSpan(toMs - fromMs);
    const firstMs = Math.floor(fromMs / spanMs) * spanMs;
    const spans = Math.ceil((toMs - firstMs) / spanMs);
    if (spans > MOST_SPANS)
      throw new SearchFault(
        `Error in 'timechart' command: ${spans} spans are more than ${MOST_SPANS}; use a longer span.`
      );

    const columns = by === undefined ? [] : chooseColumns(groupRows(rows, [by]), limit);
    const bySpan = Map.groupBy(rows, row => Math.floor(timeMsOf(row) / spanMs));
    return Array.from({ length: Math.max(spans, 0) }, (_, index) => {
      const startMs = firstMs + index * spanMs;
      const own = bySpan.get(startMs / spanMs) ?? [];
      const row: Row = new Map([['_time', startMs / 1000]]);
      if (by === undefined) for (const { name, apply } of aggregates) row.set(name, apply(own));
      else addColumns(row, own, by, columns, aggregates);
      row.set('_span', spanMs / 1000);
      return row;
    });
  };
};

function addColumns(
  row: Row,
  rows: readonly Row[],
  by: string,
  columns: readonly string[],
  aggregates: readonly Aggregate[]
): void {
  const groups = groupRows(rows, [by]);
  const rowsOf = (wanted: (value: string) => boolean) =>
    groups.filter(({ key }) => wanted(key[0] ?? '')).flatMap(group => group.rows);
  for (const column of columns) {
    const own = rowsOf(value => (column === 'OTHER' ? !columns.includes(value) : value === column));
    for (const { name, apply } of aggregates)
      row.set(aggregates.length === 1 ? column : `${name}: ${column}`, apply(own));
  }
}

// The most frequent values have a column of their own; columns stand in alphabetical order.
function chooseColumns(groups: readonly Group[], limit: number): string[] {
  const frequent = groups.toSorted((a, b) => b.rows.length - a.rows.length).map(({ key }) => key[0] ?? '');
  const shown = limit === 0 ? frequent : frequent.slice(0, limit);
  return [...shown.sort(), ...(shown.length < frequent.length ? ['OTHER'] : [])];
}

// A search over all time has no sensible beginning, so its chart begins with its first event.
function chartedTime(
  rows: readonly Row[],
  { earliestMs, latestMs }: SearchWindow
): { fromMs: number; toMs: number } {
  const times = rows.map(timeMsOf);
  const first = times.reduce((least, time) => Math.min(least, time), latestMs);
  return { fromMs: earliestMs === 0 ? first : earliestMs, toMs: latestMs };
}

function timeMsOf(row: Row): number {
  return (toNumber(row.get('_time')) ?? 0) * 1000;
}

function roundSpan(lengthMs: number): number {
  return (
    ROUND_SPANS_MS.find(spanMs => lengthMs / spanMs <= DEFAULT_SPANS) ??
    Math.ceil(lengthMs / DEFAULT_SPANS / 86_400_000) * 86_400_000
  );
}
