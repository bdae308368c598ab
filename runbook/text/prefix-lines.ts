// Puts a word before every line of a text that arrives in chunks, so that lines of several writers can be told apart.

/** Shows whole lines as they are complete. */
export interface PrefixedLines {
  show(name: 'stdout' | 'stderr', text: string): void;
  /** Shows a last line that had no end. */
  end(): void;
}

/** Writes to `write`. A line of more than 64 Ki characters is shown in parts. */
export function prefixLines(
  prefix: string,
  write: (name: 'stdout' | 'stderr', text: string) => void
): PrefixedLines {
  const open = { stdout: '', stderr: '' };
  return {
    show(name, text) {
      const lines = (open[name] + text).split('\n');
      open[name] = lines.pop()!;
      if (open[name].length > LONGEST_LINE) {
        lines.push(open[name]);
        open[name] = '';
      }
      if (lines.length > 0) {
        write(name, lines.map(line => `${prefix}${line}\n`).join(''));
      }
    },
    end() {
      for (const name of ['stdout', 'stderr'] as const) {
        if (open[name] !== '') {
          write(name, `${prefix}${open[name]}\n`);
        }
        open[name] = '';
      }
    }
  };
}

const LONGEST_LINE = 64 * 1024;
