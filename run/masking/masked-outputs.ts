// Outputs of cells without secrets. Text is masked across chunks, each stream of a cell by itself; what is held back comes before
// the next display of the cell, and at its end.
import type { CellOutput } from '../../contract/notebook/output.js';
import type { OutputSink } from '../ports.js';
import type { MaskStream } from '../../runbook/masking/mask-stream.js';
import { maskBundle } from './masked-structure.js';
import type { Masking } from './masking.js';

type StreamName = 'stdout' | 'stderr';

interface OpenText {
  readonly stream: MaskStream;
  version: number;
}

/** Stands before the kernel's own sink. */
export class MaskedOutputs implements OutputSink {
  readonly #masking: Masking;
  readonly #sink: OutputSink;
  readonly #texts = new Map<string, Map<StreamName, OpenText>>();

  constructor(masking: Masking, sink: OutputSink) {
    this.#masking = masking;
    this.#sink = sink;
  }

  publish(cellKey: string, output: CellOutput): void {
    if (this.#masking.isIdle) {
      this.#sink.publish(cellKey, output);
    } else if (output.kind === 'stream') {
      this.#write(cellKey, output.name, this.#mask(cellKey, output.name, output.text));
    } else {
      // An update changes an earlier place, so the text goes on as if nothing stood in between.
      if (output.kind !== 'update') {
        this.flush(cellKey);
      }
      this.#sink.publish(cellKey, this.#maskDisplay(output));
    }
  }

  /** Shows what is held back: the cell has ended, or something else is shown now. */
  flush(cellKey: string): void {
    const texts = this.#texts.get(cellKey);
    this.#texts.delete(cellKey);
    for (const [name, { stream }] of texts ?? []) {
      this.#write(cellKey, name, stream.end());
    }
  }

  flushAll(): void {
    [...this.#texts.keys()].forEach(key => this.flush(key));
  }

  #mask(cellKey: string, name: StreamName, text: string): string {
    const texts = this.#texts.get(cellKey) ?? new Map<StreamName, OpenText>();
    const known = texts.get(name);
    const stream = known?.stream ?? this.#masking.stream();
    if (!stream) {
      return text;
    }
    const isOlder = known !== undefined && known.version !== this.#masking.version;
    const shown = (isOlder ? this.#masking.takeOver(stream) : '') + stream.push(text);
    texts.set(name, { stream, version: this.#masking.version });
    this.#texts.set(cellKey, texts);
    return shown;
  }

  #write(cellKey: string, name: StreamName, text: string): void {
    if (text !== '') {
      this.#sink.publish(cellKey, { kind: 'stream', name, text });
    }
  }

  #maskDisplay(output: Exclude<CellOutput, { kind: 'stream' }>): CellOutput {
    return output.kind === 'clear'
      ? output
      : {
          ...output,
          data: maskBundle(output.data, this.#masking),
          metadata: this.#masking.json(output.metadata)
        };
  }
}
