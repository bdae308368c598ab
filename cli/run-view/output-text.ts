// What a cell shows, as text for a terminal.
import type { RecordedOutput } from '../../contract/output.js';

/** The text, or '' for what only a notebook can show. A display that is changed later is told once: the notebook has its last form. */
export function outputText(output: RecordedOutput): string {
  switch (output.kind) {
    case 'stream':
      return output.text;
    case 'error':
      return `${output.traceback.join('\n')}\n`;
    case 'display':
    case 'result': {
      const plain = output.data['text/plain'];
      return typeof plain === 'string' ? `${plain}\n` : '';
    }
    default:
      return '';
  }
}
