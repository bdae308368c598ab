// What a cell shows, as text for a terminal.
import type { RecordedOutput } from '../../contract/notebook/output.js';

/** The text, or '' for what only a notebook can show. */
export function outputText(output: RecordedOutput): string {
  switch (output.kind) {
    case 'stream':
      return output.text;
    case 'error':
      return `${output.traceback.join('\n')}\n`;
    case 'display':
    case 'update':
    case 'result': {
      const plain = output.data['text/plain'];
      return typeof plain === 'string' ? `${plain}\n` : '';
    }
    default:
      return '';
  }
}
