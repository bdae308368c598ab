// A search tree as SPL text. Pure: one rule a node, joined by pipes.
import type { Aggregation, Condition, SearchNode, SearchTree } from './nodes.js';
import { quoteExpressionField, quoteField, quoteValue } from './quote.js';

/**
 * The text of a search, without its time range, which travels beside it.
 *
 * @example
 * compileSearch({ indexes: ['fleet'], nodes: [{ kind: 'head', count: 5 }], earliest: '-15m', latest: 'now' })
 * // 'search index=fleet | head 5'
 */
export function compileSearch(tree: SearchTree): string {
  const split = tree.nodes.findIndex(node => !isBaseFilter(node));
  const base = split < 0 ? tree.nodes : tree.nodes.slice(0, split);
  const piped = split < 0 ? [] : tree.nodes.slice(split);
  const indexes = tree.indexes.map(index => `index=${index}`);
  const index = indexes.length > 1 ? `(${indexes.join(' OR ')})` : indexes.join('');
  const filters = [index, ...base.map(filterText)].filter(text => text !== '');
  return [`search ${filters.join(' ') || '*'}`, ...piped.map(commandText)].join(' | ');
}

/** Exact comparisons with `*` need the command `where`, because `search` would take it as a wildcard. */
function isBaseFilter(node: SearchNode): boolean {
  return node.kind === 'contains'
    ? !node.text.includes('*')
    : node.kind === 'where' && node.conditions.every(condition => !needsExactMatch(condition));
}

function needsExactMatch(condition: Condition): boolean {
  return (
    condition.comparison !== 'like' &&
    condition.values.some(value => typeof value === 'string' && value.includes('*'))
  );
}

function filterText(node: SearchNode): string {
  switch (node.kind) {
    case 'where':
      return node.conditions.map(searchCondition).join(' ');
    case 'contains':
      return quoteValue(node.text);
    default:
      return '';
  }
}

function commandText(node: SearchNode): string {
  switch (node.kind) {
    case 'where':
      return node.conditions.some(needsExactMatch)
        ? `where ${node.conditions.map(whereCondition).join(' AND ')}`
        : `search ${filterText(node)}`;
    case 'contains':
      return node.text.includes('*')
        ? `where like(_raw, ${quoteValue(`%${node.text.replace(/[%_\\]/g, '\\$&')}%`)})`
        : `search ${filterText(node)}`;
    case 'eval':
      return `eval ${quoteField(node.name)}=${node.expression}`;
    case 'stats':
      return `stats ${aggregationsText(node.aggregations)}${node.by.length > 0 ? ` BY ${node.by.map(quoteField).join(' ')}` : ''}`;
    case 'timechart':
      return `timechart ${node.span === null ? '' : `span=${node.span} `}${aggregationsText(node.aggregations)}${node.by === null ? '' : ` BY ${quoteField(node.by)}`}`;
    case 'sort':
      return `sort 0 ${node.fields.map(field => `${field.isDescending ? '-' : '+'}${quoteField(field.name)}`).join(', ')}`;
    case 'head':
      return `head ${node.count}`;
    case 'table':
      return `table ${node.fields.map(quoteField).join(' ')}`;
    case 'raw':
      return node.spl;
  }
}

function searchCondition(condition: Condition): string {
  const field = quoteField(condition.field);
  const comparison = condition.comparison === 'like' ? '=' : condition.comparison;
  return group(condition, value => `${field}${comparison}${quoteValue(value)}`);
}

function whereCondition(condition: Condition): string {
  const field = quoteExpressionField(condition.field);
  if (condition.comparison === 'like') {
    return group(
      condition,
      value =>
        `like(${field}, ${quoteValue(
          String(value)
            .replace(/[%_\\]/g, '\\$&')
            .replace(/\*/g, '%')
        )})`
    );
  }
  return group(condition, value => `${field}${condition.comparison}${quoteValue(value)}`);
}

/** Several values of `!=` must all differ; of any other comparison one must hold. */
function group(condition: Condition, text: (value: Condition['values'][number]) => string): string {
  const parts = condition.values.map(text);
  return parts.length === 1 ? parts[0]! : `(${parts.join(condition.comparison === '!=' ? ' AND ' : ' OR ')})`;
}

function aggregationsText(aggregations: readonly Aggregation[]): string {
  return aggregations
    .map(
      part =>
        `${part.function}${part.field === null ? '' : `(${quoteField(part.field)})`} AS ${quoteField(part.name)}`
    )
    .join(', ');
}
