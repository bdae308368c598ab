// The names of the notebook as functions read them. `__launchbookNames` has an accessor for each, which gives what the name holds now;
// in work that was kept to be called later (an undo step) it gives what the name held when the work was kept. Functions are not kept:
// a helper that was mended reaches whoever calls it. Until the first such work runs, an accessor costs nothing: V8 inlines it. Making one
// takes V8 as long as a small cell, so they are made after the cell, or when a name is first read: that comes to the prototype. V8 looks up
// what an object has too much of, which takes a hundred times as long, so a full object becomes the prototype of the next one.
import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate } from 'node:timers';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { Script } from 'node:vm';
import type { KeptText, KeptWork } from '../../../contract/base/kept-text.js';
import { Array, Function, JSON, Map, Object, Proxy, Reflect, Set } from '../intrinsics.js';
import { NAMES_OBJECT } from '../../../contract/notebook/names-object.js';
import type { NamePairs } from '../wire/messages.js';

/** One value of one declaration of a name, for everything that kept it: what undo steps assign, others of them see. */
interface Kept {
  value: unknown;
  /** The name's declaration, counted. */
  readonly declaration: number;
}

interface Known {
  readonly jsName: string;
  readonly declaration: number;
  /** What was kept last of this declaration. */
  last: Kept | null;
}

interface Accessor {
  get(): unknown;
  set(value: unknown): void;
}

type Callable = (...args: unknown[]) => unknown;

/** Gives a constant of the global scope another value. */
export type Redeclare = (jsName: string, value: unknown) => void;

const LONGEST_TEXT = 4000;

const later = setImmediate;

/** The names of one notebook. */
export class KeptNames {
  readonly #known = new Map<string, Known>();
  readonly #names = new Map<string, string>();
  /** V8's names whose accessors are still to be made, each with the name. */
  readonly #awaited = new Map<string, string>();
  #isPlanned = false;
  /** How many the newest object has. */
  #count = 0;
  #accessors = Object.create(
    new Proxy(Object.create(null) as object, {
      get: (_none, jsName) => (this.#comesNow(jsName) ? Reflect.get(this.#accessors, jsName) : undefined),
      set: (_none, jsName, value) => this.#comesNow(jsName) && Reflect.set(this.#accessors, jsName, value)
    })
  ) as Record<string, Accessor>;
  /** The accessor that each of V8's names had at first. */
  readonly #own = new Map<string, Accessor>();
  readonly #redeclare: Redeclare;
  readonly #storage = new AsyncLocalStorage<Map<string, Kept>>();
  /** What the accessors ask. `isOn` once kept work has run. */
  readonly #port = {
    isOn: false,
    has: (name: string): boolean => this.#storage.getStore()?.has(name) === true,
    get: (name: string): unknown => this.#storage.getStore()!.get(name)!.value,
    /** True when the value goes to the name itself too, which has not been declared again since. */
    set: (name: string, value: unknown): boolean => {
      const kept = this.#storage.getStore()?.get(name);
      if (kept !== undefined) {
        kept.value = value;
      }
      return kept === undefined || kept.declaration === this.#known.get(name)?.declaration;
    }
  };

  constructor(redeclare: Redeclare) {
    this.#redeclare = redeclare;
  }

  /** What cells find in their global scope. */
  readonly globals: Readonly<Record<string, unknown>> = { [NAMES_OBJECT]: this.#accessors };

  /** A cell begins: what it declares is what these names mean from now on, and what its functions read can be read. */
  begin(declares: NamePairs, read: NamePairs): void {
    for (const [name, jsName] of declares) {
      const before = this.#known.get(name);
      this.#known.set(name, { jsName, declaration: (before?.declaration ?? 0) + 1, last: null });
      if (before !== undefined && before.jsName !== jsName) {
        this.#supersede(name, before.jsName, jsName);
      }
    }
    for (const [name, jsName] of read) {
      if (!this.#own.has(jsName)) {
        this.#awaited.set(jsName, name);
      }
    }
    if (this.#awaited.size > 0 && !this.#isPlanned) {
      this.#isPlanned = true;
      // A cell that waits for nothing says in the next turn how it has ended.
      later(() =>
        later(() => {
          this.#isPlanned = false;
          this.#defineAwaited();
        })
      );
    }
  }

  /** True when a name that was asked for in vain is there now. */
  #comesNow(jsName: string | symbol): boolean {
    const isAwaited = typeof jsName === 'string' && this.#awaited.has(jsName);
    if (isAwaited) {
      this.#defineAwaited();
    }
    return isAwaited;
  }

  #defineAwaited(): void {
    this.#define(Array.from(this.#awaited, ([jsName, name]) => [name, jsName] as const));
    this.#awaited.clear();
  }

  /**
   * A name is declared again as another kind, for which V8 has another name. Functions that read the old one get the newest value, and
   * what they call is passed on to the newest function; until the cell has come to its declaration, all is as before.
   */
  #supersede(name: string, oldName: string, newName: string): void {
    this.#define([
      [name, oldName],
      [name, newName]
    ]);
    const [older, newer] = [this.#own.get(oldName)!, this.#own.get(newName)!];
    const held = this.#read(oldName);
    Object.defineProperty(this.#accessors, newName, { ...newer, configurable: true });
    const newest = (): unknown => {
      try {
        return this.#own.get(this.#known.get(name)!.jsName)!.get();
      } catch {
        return older.get();
      }
    };
    const set = (value: unknown): void => this.#own.get(this.#known.get(name)!.jsName)!.set(value);
    Object.defineProperty(this.#accessors, oldName, { get: newest, set, configurable: true });
    if (typeof held === 'function') {
      const target = (): Callable => {
        const now = newest();
        return typeof now === 'function' && now !== passing ? (now as Callable) : (held as Callable);
      };
      const passing: unknown = new Proxy(held, {
        apply: (_held, self, args) => Reflect.apply<unknown, unknown[], unknown>(target(), self, args),
        construct: (_held, args) => Reflect.construct(target(), args) as object
      });
      try {
        older.set(passing);
      } catch {
        this.#redeclare(oldName, passing); // a constant
      }
    }
  }

  /** Keeps `work` with the values of all names of the notebook that hold no function. */
  keep<T>(work: () => T): KeptWork<T> {
    this.#defineAwaited();
    this.#define([...this.#known].map(([name, { jsName }]) => [name, jsName]));
    const around = this.#storage.getStore();
    const kept = new Map<string, Kept>();
    for (const [name, known] of this.#known) {
      const one = around?.get(name) ?? this.#keepOne(known);
      if (one !== null) {
        kept.set(name, one);
      }
    }
    const run = (): T => {
      this.#port.isOn = true;
      return this.#storage.run(kept, work);
    };
    return { run, values: this.#valuesOf(work, kept) };
  }

  #keepOne(known: Known): Kept | null {
    const value = this.#read(known.jsName);
    if (value === UNREADABLE || typeof value === 'function') {
      return null;
    }
    const { declaration, last } = known;
    known.last = last !== null && Object.is(last.value, value) ? last : { value, declaration };
    return known.last;
  }

  /** What a name holds now. One that is declared further down in the cell, or whose import was left out, holds nothing. */
  #read(jsName: string): unknown {
    try {
      return this.#own.has(jsName) ? this.#accessors[jsName] : UNREADABLE;
    } catch {
      return UNREADABLE;
    }
  }

  #valuesOf(work: () => unknown, kept: ReadonlyMap<string, Kept>): readonly KeptText[] {
    const read = new Map<string, string>();
    const seen = new Set<unknown>();
    const follow = (called: unknown): void => {
      if (typeof called !== 'function' || seen.has(called)) {
        return;
      }
      seen.add(called);
      for (const [, readName, calledName] of Function.prototype.toString.call(called).matchAll(READS)) {
        const jsName = (readName ?? calledName)!;
        const name = this.#names.get(jsName);
        const one = name === undefined ? undefined : kept.get(name);
        if (one === undefined) {
          follow(this.#read(jsName));
        } else if (readName !== undefined) {
          read.set(name!, textOf(one.value));
        }
      }
    };
    follow(work);
    return [...read].map(([name, text]) => ({ name, text }));
  }

  #define(pairs: NamePairs): void {
    const missing = pairs.filter(([, jsName]) => !this.#own.has(jsName));
    if (missing.length === 0) {
      return;
    }
    const parts = missing.map(([name, jsName]) => {
      const own = JSON.stringify(name);
      return (
        `get ${jsName}(){return names.isOn&&names.has(${own})?names.get(${own}):${jsName}},` +
        `set ${jsName}(value){if(!names.isOn||names.set(${own},value))${jsName}=value}`
      );
    });
    const script = new Script(`'use strict';names=>({${parts.join(',')}})`, { filename: FILE });
    const made = (script.runInThisContext() as (port: unknown) => Record<string, Accessor>)(this.#port);
    for (const [name, jsName] of missing) {
      this.#makeRoom();
      const accessor = Object.getOwnPropertyDescriptor(made, jsName)!;
      Object.defineProperty(this.#accessors, jsName, accessor);
      this.#own.set(jsName, accessor as unknown as Accessor);
      this.#names.set(jsName, name);
    }
  }

  #makeRoom(): void {
    this.#count += 1;
    if (this.#count > MOST_ACCESSORS) {
      this.#count = 1;
      this.#accessors = Object.create(this.#accessors) as Record<string, Accessor>;
      (globalThis as unknown as Record<string, unknown>)[NAMES_OBJECT] = this.#accessors;
    }
  }
}

/** V8 changes its ways at 1,020, and most cells bring a handful. */
const MOST_ACCESSORS = 500;

/** Its frames are left out of tracebacks, as those of every file of ours. */
const FILE = fileURLToPath(import.meta.url);

const UNREADABLE = {};

const NAME = '[\\p{ID_Start}$_][\\p{ID_Continue}$]*';
const READS = new RegExp(`${NAMES_OBJECT}\\.(${NAME})|(${NAME})/\\*${NAMES_OBJECT}\\*/`, 'gu');

/** As `inspect` writes it, whole or not at all, so that a secret in it can be masked. */
function textOf(value: unknown): string {
  try {
    const text = inspect(value, {
      depth: 1,
      breakLength: Infinity,
      compact: true,
      maxArrayLength: 20,
      maxStringLength: null
    });
    const kind = typeof value === 'string' ? 'a text' : 'data';
    return text.length <= LONGEST_TEXT ? text : `${kind} of ${text.length} characters`;
  } catch {
    return 'a value that cannot be shown';
  }
}
