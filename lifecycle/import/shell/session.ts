// What a reader's shell would know by now: its folder, and the variables that were set. A document is read as one session.
import { posix } from 'node:path';
import { excerpt } from '../document/short-text.js';
import { literalOf } from './literal.js';
import { opensShell } from './unrunnable.js';

/** Of one document; later fences go on where earlier ones left it. */
export class Session {
  /** Relative to the root of the repository, or absolute; null: the root. */
  folder: string | null = null;
  /** Exported: the shell's name, and the constant that holds its value. */
  readonly exported = new Map<string, string>();
  /** Set, exported or not. */
  readonly variables = new Map<string, string>();
  /** Numbers of the fences that have set them. */
  readonly setBy = new Map<string, number>();
  /** Of those, the ones whose value is none, several words or a pattern to a shell where it stands without quotes. */
  readonly divided = new Set<string>();
  /** Set by a script, with which they end. */
  readonly ended = new Set<string>();
  /** Number of the fence that changed folder or environment last. */
  changedBy = 0;
  /** The change that was told to the reader. */
  toldOf = 0;

  /** The command that opened the shell in which somebody is by now: on another machine, as another user, in a container. Or null. */
  elsewhere: string | null = null;
  isElsewhereTold = false;

  /** As a document says at its beginning. */
  startIn(folder: string): void {
    this.enter(folder);
    this.changedBy = 1;
  }

  /** Goes to another folder, as `cd` does. */
  enter(folder: string): void {
    const to = posix.isAbsolute(folder) ? posix.normalize(folder) : posix.join(this.folder ?? '.', folder);
    this.folder = to === '.' ? null : to;
  }

  /** The options of `$` that carry this over to a command; empty when there is nothing. `more`: variables of one script. */
  options(more: readonly (readonly [string, string])[] = []): string {
    const env = new Map([...this.exported, ...more]);
    const entries = [...env].map(([name, constant]) => (name === constant ? name : `${name}: ${constant}`));
    const parts = [
      ...(this.folder === null ? [] : [`cwd: ${literalOf(this.folder)}`]),
      ...(entries.length === 0 ? [] : [`env: { ${entries.join(', ')} }`])
    ];
    return parts.length === 0 ? '' : `{ ${parts.join(', ')} }`;
  }

  /** Notes a command that opens a shell elsewhere, or leaves it. `written`: as the source has it. */
  follow(command: string, written: string): void {
    if (/^(?:exit|logout)\s*$/.test(command)) {
      this.elsewhere = null;
    } else if (opensShell(command)) {
      this.elsewhere = excerpt(written);
      this.isElsewhereTold = false;
    }
  }

  /** A copy that a script may change without an effect on this one. */
  copy(): Session {
    return Object.assign(new Session(), structuredClone({ ...this }));
  }

  /** What a script sets ends with it: later blocks have neither that value nor the one before. */
  end(names: readonly string[]): void {
    for (const name of names) {
      this.ended.add(name);
      this.variables.delete(name);
      this.exported.delete(name);
    }
  }

  /** Where a variable that the session does not have comes from. */
  originOf(name: string): string {
    return this.ended.has(name)
      ? `$${name} is set by an earlier script, and ended with it`
      : `the document sets $${name} nowhere`;
  }

  /** Goes on with a copy. */
  take(copy: Session): void {
    Object.assign(this, copy);
  }
}
