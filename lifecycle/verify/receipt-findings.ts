// Is the receipt one that `launchbook archive` wrote? It has one spelling, and carries the hash of itself.
import { RECEIPT_FORMAT, sealed, type Receipt } from '../archive/receipt.js';
import { firstDifferentLine, lineOfSyntaxError, lineOfText } from './line-of.js';
import type { Finding } from './verification.js';

/** The receipt, or null when it is none. */
export function readReceipt(bytes: Buffer): Receipt | null {
  try {
    const receipt = JSON.parse(bytes.toString('utf8')) as Receipt;
    const isReceipt =
      Array.isArray(receipt.cells) &&
      Array.isArray(receipt.edited) &&
      typeof receipt.notebook?.sha256 === 'string' &&
      typeof receipt.journal?.sha256 === 'string';
    return isReceipt ? receipt : null;
  } catch {
    return null;
  }
}

/** Every way in which the receipt does not hold by itself. */
export function receiptFindings(file: string, bytes: Buffer, receipt: Receipt | null): Finding[] {
  const text = bytes.toString('utf8');
  if (receipt === null) {
    return [{ file, line: lineOfSyntaxError(text), code: 'receipt.unreadable', text: 'is no receipt' }];
  }
  if (receipt.format > RECEIPT_FORMAT) {
    const seen = `has format ${receipt.format}, this version reads up to ${RECEIPT_FORMAT}`;
    return [{ file, line: lineOfText(text, '"format"'), code: 'receipt.newer', text: seen }];
  }
  const spelled = `${JSON.stringify(receipt, null, 1)}\n`;
  if (!bytes.equals(Buffer.from(spelled))) {
    const line = firstDifferentLine(text, spelled) ?? 1;
    return [{ file, line, code: 'receipt.changed', text: 'is not as a receipt is written' }];
  }
  return sealed(receipt) === spelled
    ? []
    : [
        {
          file,
          line: lineOfText(text, '"self"'),
          code: 'receipt.changed',
          text: 'is not the hash of the lines above it: one of them was changed'
        }
      ];
}
