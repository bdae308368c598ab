// Lines that an archive adds below a step, in the three plain formats.
import { htmlText, markdownText } from '../../contract/base/escape.js';
import { markedAs, type ArchiveMark, type Output } from '../notebook/archive-marks.js';

/** An output with these lines. */
export function markedOutput(mark: ArchiveMark, lines: readonly string[]): Output {
  return {
    output_type: 'display_data',
    data: {
      'text/html': lines.map(line => `<div><code>${htmlText(line)}</code></div>\n`),
      'text/markdown': lines.map(line => `- ${markdownText(line)}\n`),
      'text/plain': lines.map((line, index) => (index === lines.length - 1 ? line : `${line}\n`))
    },
    metadata: markedAs(mark)
  };
}
