// Evidence of any type as text that an approver can read, and that the approval is bound to.
import type { Evidence } from '../../contract/holds/hold.js';
import { formatDuration } from '../../contract/base/format.js';
import { cellText, jsonText } from '../text/cell-text.js';
import { plainRows, plainTable, readTable } from '../display/table.js';
import { knownSecrets, maskText } from '../redact.js';
import type { CommandResult } from '../shell/result.js';
import { describeMessages } from '../splunk/messages.js';
import { describeSearchResult, isSearchResult, type SearchResult } from '../splunk/result.js';
import { isPlainObject } from '../usage/rules.js';
import type { ExchangeFacts } from '../http/result.js';

/** A wider table is read row by row. */
const MOST_WIDTH = 160;

/** Longest text of one piece of evidence; what is longer is cut with a note. */
const EVIDENCE_LIMIT = 20_000;

/**
 * @example
 * renderEvidence({ Checks: [{ table: 'orders', rows: 12 }] })
 * // [{ label: 'Checks', text: 'table   rows\n------  ----\norders  12' }]
 */
export function renderEvidence(evidence: { readonly [label: string]: unknown }): Evidence[] {
  const secrets = knownSecrets();
  return Object.entries(evidence).map(([label, value]) => ({
    label,
    text: shorten(maskText(describeEvidence(value), secrets))
  }));
}

function describeEvidence(value: unknown): string {
  if (typeof value === 'string') {
    return value.trimEnd();
  }
  if (isSearchResult(value)) {
    return describeSearch(value);
  }
  if (isCommandResult(value)) {
    const end =
      value.exitCode === null
        ? (value.notStarted ?? value.signal ?? 'no exit code')
        : `exit code ${value.exitCode}`;
    return `${value.command}\n${end} after ${formatDuration(value.durationMs)}\n${value.stdout}`.trimEnd();
  }
  if (isExchange(value)) {
    return `${value.method} ${value.url}: status ${value.status} after ${formatDuration(value.durationMs)}\n${value.body}`.trimEnd();
  }
  if (Array.isArray(value) && value.length > 0 && value.every(isPlainObject)) {
    const table = plainTable(readTable(value));
    return table.split('\n').some(line => line.length > MOST_WIDTH) ? plainRows(value) : table;
  }
  if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
    return value instanceof Error ? `${value.name}: ${value.message}` : jsonText(value, 2);
  }
  return value === undefined || value === null ? 'none' : cellText(value);
}

function describeSearch(result: SearchResult): string {
  const said = describeMessages(result.messages).map(line => `Splunk says: ${line}`);
  return [plainTable(readTable(result.rows)), describeSearchResult(result), result.spl, ...said]
    .filter(part => part !== '')
    .join('\n');
}

function isCommandResult(value: unknown): value is CommandResult {
  return isPlainObject(value) && 'command' in value && 'exitCode' in value && 'stdout' in value;
}

function isExchange(value: unknown): value is ExchangeFacts {
  return isPlainObject(value) && 'method' in value && 'url' in value && 'status' in value && 'body' in value;
}

function shorten(text: string): string {
  const left = text.length - EVIDENCE_LIMIT;
  return left > 0
    ? `${text.slice(0, EVIDENCE_LIMIT)}\n… ${left.toLocaleString('en-US')} characters more`
    : text;
}
