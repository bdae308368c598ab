// A run as a person follows it in a terminal: phases, steps with their end, what the steps print, and the step that runs now.
import { styleText } from 'node:util';
import { logText, visibleLine } from '../../contract/base/escape.js';
import { formatDuration } from '../../contract/base/format.js';
import type { JournalRecord } from '../../contract/journal/journal.js';
import { phaseOfStep } from '../../contract/notebook/outline.js';
import type { RecordedOutput } from '../../contract/notebook/output.js';
import type { RunState } from '../../contract/state/state.js';
import { printedText } from '../terminal.js';
import { ShownText } from './shown-text.js';
import { lineOfRecord, titleOf } from './record-lines.js';
import { StatusLine } from './status-line.js';

/** Follows one run. */
export class RunView {
  readonly #stream: NodeJS.WriteStream;
  readonly #isQuiet: boolean;
  readonly #lines: StatusLine;
  #phase = '';
  /** What was printed after the last end of a line. */
  #rest = '';
  /** Displays of the step that runs which may still change are told when it has ended. */
  readonly #shown = new ShownText();
  /** Of the step that runs: told at its end, because what it prints comes a moment after its records. */
  #remarks: string[] = [];

  /** @param isQuiet - True: without what the steps print. */
  constructor(stream: NodeJS.WriteStream, isQuiet: boolean) {
    this.#stream = stream;
    this.#isQuiet = isQuiet;
    this.#lines = new StatusLine(stream);
  }

  /** Something that takes a while, before the first step. */
  begin(text: string): void {
    const sinceMs = Date.now();
    this.#lines.show(() => `${text} · ${formatDuration(Date.now() - sinceMs)}`);
  }

  /** A line of the command itself; further ones of an error are indented. */
  say(line: string): void {
    this.#lines.write(logText(line));
  }

  /** A record that is on disk, and the state after it. */
  record(record: JournalRecord, state: RunState): void {
    if (record.kind === 'attempt-started') {
      this.#enterPhase(record.step, state);
      this.#showStep(record.step, state);
    } else if (record.kind === 'attempt-ended') {
      this.#endLine();
      this.#lines.show(null);
      this.#print(this.#shown.end());
      this.#remarks.splice(0).forEach(remark => this.#lines.write(remark));
    }
    const line = shownLine(record, state);
    if (line?.startsWith('  ')) {
      this.#remarks.push(line);
    } else if (line !== null) {
      this.#lines.write(this.#coloured(line));
    }
  }

  /** Something that a step shows. Lines come whole, so that the changing line never cuts one in two. */
  output(output: RecordedOutput): void {
    if (!this.#isQuiet) {
      this.#print(this.#shown.take(output, null));
    }
  }

  /** A step that has ended shows something, or has changed what it showed. */
  lateOutput(output: RecordedOutput): void {
    if (!this.#isQuiet) {
      this.#print(this.#shown.takeLate(output));
    }
  }

  end(): void {
    this.#endLine();
    this.#lines.show(null);
    this.#print(this.#isQuiet ? '' : this.#shown.endAll());
  }

  #print(text: string): void {
    const lines = `${this.#rest}${text}`.split('\n');
    this.#rest = lines.pop()!;
    lines.forEach(line => this.#printed(line));
  }

  #enterPhase(step: string, { outline }: RunState): void {
    const phase = phaseOfStep(outline, step)?.title ?? '';
    if (phase !== this.#phase) {
      this.#phase = phase;
      this.#lines.write(`\n${this.#styled('bold', visibleLine(phase))}`);
    }
  }

  #showStep(step: string, { outline }: RunState): void {
    const steps = outline.phases.flatMap(phase => phase.steps.map(({ id }) => id));
    const place = `step ${steps.indexOf(step) + 1} of ${steps.length}`;
    const title = visibleLine(titleOf(outline, step));
    const sinceMs = Date.now();
    this.#lines.show(() => {
      const parts = [place, formatDuration(Date.now() - sinceMs), title, visibleLine(this.#shown.running)];
      return `… ${parts.filter(part => part !== '').join(' · ')}`;
    });
  }

  #endLine(): void {
    if (this.#rest !== '') {
      this.#printed(this.#rest);
      this.#rest = '';
    }
  }

  /** Of a line that was written over itself the last text counts, as a terminal shows it. */
  #printed(line: string): void {
    const last = line.replace(/\r$/, '').split('\r').at(-1)!;
    this.#lines.write(`${this.#styled('dim', '  │')} ${printedText(last, this.#stream)}`);
  }

  #coloured(line: string): string {
    const colour = COLOURS[line[0]!];
    return colour === undefined ? line : `${this.#styled(colour, line[0]!)}${line.slice(1)}`;
  }

  #styled(style: Style, text: string): string {
    return styleText(style, text, { stream: this.#stream });
  }
}

function shownLine(record: JournalRecord, state: RunState): string | null {
  const line = lineOfRecord(record, state);
  return line === null ? null : visibleLine(line);
}

type Style = 'bold' | 'dim' | 'green' | 'red' | 'yellow';

const COLOURS: { readonly [glyph: string]: Style | undefined } = {
  '✓': 'green',
  '✗': 'red',
  '⊘': 'red',
  '?': 'yellow',
  '◔': 'yellow'
};
