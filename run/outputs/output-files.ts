// The whole output of cells that print more than the notebook holds: one file an attempt, in a folder beside the journal.
// Written synchronously, as text that has left memory cannot be lost with the kernel; the operating system buffers it.
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { journalPathOf } from '../../contract/notebook/notebook.js';
import type { Cell } from '../ports.js';
import type { NotebookFile } from '../keeper/notebook-file.js';
import type { StepRegister } from '../keeper/step-register.js';

export interface OutputFilesParts {
  readonly notebook: NotebookFile | null;
  readonly register: StepRegister;
  readonly log: (line: string) => void;
  /** A file ends here, so that an endless loop does not fill the disk, in bytes. @default 1 GiB */
  readonly limitBytes?: number;
}

const LIMIT_BYTES = 1024 ** 3;

/** `NAME.outputs/STEP-ATTEMPT.txt` beside a run, the same under `.launchbook/` for a scratch notebook, none in a console. */
export class OutputFiles {
  readonly #parts: OutputFilesParts;

  constructor(parts: OutputFilesParts) {
    this.#parts = parts;
  }

  open(cell: Cell): AppendedFile | null {
    const { notebook, register, log, limitBytes = LIMIT_BYTES } = this.#parts;
    const running = register.find(cell.key);
    if (!notebook || !running) {
      return null;
    }
    const folder = journalPathOf(notebook.path, notebook.read().run !== null).replace(
      /\.journal\.jsonl$/,
      '.outputs'
    );
    // Step ids come from clients.
    const path = join(folder, `${running.step.replace(/[^\w-]/g, '_').slice(0, 64)}-${running.attempt}.txt`);
    try {
      mkdirSync(folder, { recursive: true });
      return new AppendedFile(
        relative(dirname(notebook.path), path),
        openSync(path, 'a', 0o600),
        limitBytes,
        log
      );
    } catch (error) {
      log(`The output of ${running.step} is not kept: ${String(error)}`);
      return null;
    }
  }
}

class AppendedFile {
  readonly name: string;
  readonly #log: (line: string) => void;
  #descriptor: number | null;
  #leftBytes: number;

  constructor(name: string, descriptor: number, limitBytes: number, log: (line: string) => void) {
    this.name = name;
    this.#descriptor = descriptor;
    this.#leftBytes = limitBytes;
    this.#log = log;
  }

  append(text: string): void {
    if (this.#descriptor === null) {
      return;
    }
    try {
      this.#leftBytes -= writeSync(this.#descriptor, text);
      if (this.#leftBytes <= 0) {
        writeSync(this.#descriptor, '\n[launchbook] This file is full; further output is not kept.\n');
        this.close();
      }
    } catch (error) {
      this.#log(`${this.name} is not written any more: ${String(error)}`);
      this.close();
    }
  }

  close(): void {
    const descriptor = this.#descriptor;
    this.#descriptor = null;
    if (descriptor !== null) {
      closeSync(descriptor);
    }
  }
}
