// A disk that refuses: calls of files that are opened with node:fs/promises in this process fail with the code of the system.
import { open, type FileHandle } from 'node:fs/promises';

export type Method = 'appendFile' | 'datasync';
type Call = (this: FileHandle, ...args: unknown[]) => Promise<unknown>;

/** Made once, healed after each test. */
export class FailingDisk {
  readonly #files: Record<Method, Call>;
  readonly #real: Record<Method, Call>;

  static async make(): Promise<FailingDisk> {
    const handle = await open(process.execPath);
    const files = Object.getPrototypeOf(handle) as Record<Method, Call>;
    await handle.close();
    return new FailingDisk(files);
  }

  private constructor(files: Record<Method, Call>) {
    this.#files = files;
    this.#real = { appendFile: files.appendFile, datasync: files.datasync };
  }

  heal(): void {
    Object.assign(this.#files, this.#real);
  }

  /** From the `nth` call on, for `times` calls, the disk refuses. Tells whether it came to that. */
  failAt(method: Method, nth: number, times: number, code: string): { readonly hasFailed: boolean } {
    let count = 0;
    return this.#fail(method, code, () => ++count >= nth && count < nth + times);
  }

  /** Records of this kind are refused, and what comes after the first of them. */
  failFrom(kind: string, code = 'ENOSPC'): { readonly hasFailed: boolean } {
    let isFull = false;
    return this.#fail('appendFile', code, bytes => (isFull ||= String(bytes).includes(`"kind":"${kind}"`)));
  }

  #fail(method: Method, code: string, refuses: (bytes: unknown) => boolean): { readonly hasFailed: boolean } {
    const seen = { hasFailed: false };
    const real = this.#real[method];
    this.#files[method] = function (...args) {
      if (!refuses(args[0])) {
        return real.apply(this, args);
      }
      seen.hasFailed = true;
      return Promise.reject(Object.assign(new Error(`${code}: no`), { code }));
    };
    return seen;
  }
}
