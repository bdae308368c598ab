// What a kernel knows of its run before anything of it happens: its mode and environment, and what launchbook.yml says of that. Known when
// the kernel starts; when its notebook cannot be read then, nothing is recorded or executed before it could.
import type { RunInfo, RunMode } from '../../contract/base/run.js';
import type { NotebookFile } from '../keeper/notebook-file.js';
import { unreadableError } from '../keeper/unreadable-error.js';
import { readProfile, type Profile } from './profile.js';

/** What it is read from. */
export interface KnownRunParts {
  /** Where launchbook.yml is looked for. */
  readonly folder: string;
  /** Null in a console. */
  readonly notebook: NotebookFile | null;
  /** Hears of each profile that was read, before anything uses it. */
  readonly read: (profile: Profile) => void;
}

/** The run of a kernel. It stays what it was when it became known, whatever becomes of the notebook. */
export class KnownRun {
  /** The same object for all who ask. Its members become others once, when the notebook can be read later than at the start. */
  readonly profile: Profile;
  readonly #parts: KnownRunParts;
  #info: RunInfo | null = null;
  #isKnown = false;

  /** Reads what can be read now. */
  static of(parts: KnownRunParts): KnownRun {
    const info = parts.notebook?.read().run ?? null;
    const known = new KnownRun(parts, readProfile(parts.folder, info));
    known.#take(info);
    return known;
  }

  private constructor(parts: KnownRunParts, profile: Profile) {
    this.#parts = parts;
    this.profile = { ...profile };
  }

  /** False while the notebook could not be read yet. */
  get isKnown(): boolean {
    return this.#isKnown;
  }

  /** Null in a scratch notebook. */
  get info(): RunInfo | null {
    return this.#info;
  }

  get mode(): RunMode {
    return this.#info?.mode ?? 'live';
  }

  /** Null in a scratch notebook. */
  get environment(): string | null {
    return this.#info?.environment ?? null;
  }

  /** Reads again what could not be read at the start. @throws code `notebook.unreadable` while it cannot. */
  settle(): void {
    if (this.#isKnown) {
      return;
    }
    const notebook = this.#parts.notebook!;
    const { run } = notebook.read();
    if (!notebook.wasRead) {
      throw unreadableError(notebook, notebook.fault() ?? '');
    }
    Object.assign(this.profile, readProfile(this.#parts.folder, run));
    this.#take(run);
  }

  #take(info: RunInfo | null): void {
    this.#info = info;
    this.#isKnown = this.#parts.notebook?.wasRead ?? true;
    this.#parts.read(this.profile);
  }
}
