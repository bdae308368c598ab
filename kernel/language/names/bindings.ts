// What each name means to the next cell: the cell that declared it last, and what V8 calls it. The two differ only when the
// author's name would have shadowed a global for every library (`const URL`), or would be declared again as another kind
// (V8's REPL mode accepts const after const, but neither let after const nor a function after let).
import type { Analysis } from '../../../record/source/analysis.js';
import type { Binding, Declared } from '../../../record/source/declarations.js';
import type { ImportedName } from '../source/imported-names.js';
import type { PlainType } from './plain-types.js';

/** A name that later cells see. */
export interface LiveName extends Declared {
  /** Number of the document that declares it. */
  readonly document: number;
  /** The name in V8's global scope. */
  readonly jsName: string;
  /** A declaration in full, when there is one; its document need not be open then. */
  readonly plain: PlainType | null;
  /** Where its frozen declaration is found; its document need not be open then either. */
  readonly frozen: string | null;
  /** An import that was left out because its cell used the name as a type alone. */
  readonly postponed: ImportedName | null;
}

/** The names of all cells so far. */
export class Bindings {
  readonly #live = new Map<string, LiveName>();
  /** `merged` is what emitted code adds to; nothing else may have the name again. */
  readonly #kinds = new Map<string, Binding | 'merged'>();
  readonly #reserved: ReadonlySet<string>;

  constructor(injectedNames: readonly string[]) {
    this.#reserved = new Set([...Object.getOwnPropertyNames(globalThis), 'require', ...injectedNames]);
  }

  get live(): ReadonlyMap<string, LiveName> {
    return this.#live;
  }

  /** What V8 shall call each name of the notebook that a cell declares or uses, and that is there at run time. */
  plan(code: string, analysis: Analysis): Map<string, string> {
    const names = new Map<string, string>();
    for (const { name } of analysis.occurrences) {
      const live = this.#live.get(name);
      if (live !== undefined && live.binding !== null && !analysis.declared.has(name)) {
        names.set(name, live.jsName);
      }
    }
    for (const declared of analysis.declared.values()) {
      if (declared.binding !== null) {
        const jsName = this.#choose(declared, code);
        this.#kinds.set(jsName, declared.isMerging ? 'merged' : declared.binding);
        names.set(declared.name, jsName);
      }
    }
    return names;
  }

  set(name: LiveName): void {
    this.#live.set(name.name, name);
  }

  /** Everything is forgotten: the executor was replaced. */
  clear(): void {
    this.#live.clear();
    this.#kinds.clear();
  }

  #choose(declared: Declared, code: string): string {
    const isFree = (candidate: string): boolean => {
      const kind = this.#kinds.get(candidate);
      return kind === undefined || (kind === declared.binding && !declared.isMerging);
    };
    if (!this.#reserved.has(declared.name) && isFree(declared.name)) {
      return declared.name;
    }
    for (let number = 1; ; number += 1) {
      const candidate = `${declared.name}$${number}`;
      if (isFree(candidate) && !code.includes(candidate)) {
        return candidate;
      }
    }
  }
}
