// Cells whose last one has a fault, with its codes: later cells find it whether the cells before are frozen or read whole.

/** Title, cells, codes. */
export const FAULTY_CELLS: readonly (readonly [
  title: string,
  cells: readonly string[],
  codes: readonly string[]
])[] = [
  ['an interface', ['interface A1 { n: number }', 'const b1: A1 = { n: "x" }'], ['TS2322']],
  [
    'an interface of interfaces',
    ['interface A2 { n: 1 }', 'interface B2 { a: A2 }\nlet b2: B2 = { a: { n: 1 } }', 'b2.a.n = 2'],
    ['TS2322']
  ],
  [
    'an inherited member',
    ['interface A3 { n: number }', 'interface B3 extends A3 { m: string }', 'const c3: B3 = { m: "" }'],
    ['TS2741']
  ],
  [
    'an alias',
    ['type A4 = { n: number } | null', 'let a4: A4 = null', 'const n4: number = a4!.m'],
    ['TS2339']
  ],
  [
    'a generic alias',
    [
      'type A5<T> = { value: T; all: A5<T>[] }',
      'const a5: A5<number> = { value: 1, all: [{ value: "x", all: [] }] }'
    ],
    ['TS2322']
  ],
  ['a conditional type', ['type A6<T> = T extends string ? 1 : 2', 'const a6: A6<"x"> = 2'], ['TS2322']],
  [
    'the value of an enum',
    ['enum A7 { X = 1 << 3, Y }', 'enum B7 { Z = A7.Y + 1 }', 'const n7: 9 = B7.Z'],
    ['TS2322']
  ],
  ['an enum of texts', ['enum A8 { X = "x" }', 'const a8: A8 = "x"'], ['TS2322']],
  ['two enums', ['enum A9 { X }', 'enum B9 { X }', 'const a9: A9 = B9.X'], ['TS2322']],
  [
    'a method',
    ['class A10 { n = 1; m() { return this.n } }', 'const s10: string = new A10().m()'],
    ['TS2322']
  ],
  [
    'a class of a class',
    [
      'class A11 { m() { return 1 } }',
      'class B11 extends A11 { k() { return String(this.m()) } }',
      'const n11: number = new B11().k()'
    ],
    ['TS2322']
  ],
  [
    'an instance',
    ['class A12 { #n = 1; get n() { return this.#n } }', 'const a12 = new A12()', 'a12.n = 2'],
    ['TS2540']
  ],
  [
    'a private member',
    ['class A13 { private n = 1 }', 'class B13 { private n = 1 }', 'const a13: A13 = new B13()'],
    ['TS2322']
  ],
  [
    'an abstract class',
    ['abstract class A14 { abstract m(): number; k() { return this.m() } }', 'new A14()'],
    ['TS2511']
  ],
  [
    'parameters of a constructor',
    ['class A15 { constructor(readonly a: number, b = "x") {} }', 'new A15(1, 2)'],
    ['TS2345']
  ],
  [
    'a static member',
    ['class A16 { static n = 1; static m() { return new A16() } }', 'const s16: string = A16.m()'],
    ['TS2322']
  ],
  [
    'a generic class',
    [
      'class A17<T> { constructor(private t: T) {} get() { return this.t } }',
      'const s17: string = new A17(1).get()'
    ],
    ['TS2322']
  ],
  [
    'a method that returns itself',
    [
      'class A18 { m() { return this } }',
      'class B18 extends A18 { n = 1 }',
      'const s18: string = new B18().m().n'
    ],
    ['TS2322']
  ],
  [
    'a generic function',
    [
      'interface A19<T> { t: T }',
      'function f19<T>(t: T): A19<T> { return { t } }',
      'const s19: string = f19(1).t'
    ],
    ['TS2322']
  ],
  [
    'a returned class',
    ['class A20 { n = 1 }', 'function f20() { return [new A20()] }', 'const s20: string = f20()[0]!.n'],
    ['TS2322']
  ],
  [
    'overloads',
    [
      'class A21 { n = 1 }\nfunction f21(a: A21): 1\nfunction f21(a: string): 2\nfunction f21(a: unknown): unknown { return a }',
      'const n21: 1 = f21("x")'
    ],
    ['TS2322']
  ],
  [
    'a predicate',
    [
      'interface A22 { n: number }\nfunction is22(a: unknown): a is A22 { return true }',
      'const a22: unknown = 1',
      'if (is22(a22)) { const s: string = a22.n }'
    ],
    ['TS2322']
  ],
  [
    'a name that was declared again',
    [
      'class A23 { a = 1 }',
      'const a23 = new A23()',
      'class A23 { b = 1 }',
      'const c23 = a23; const d23: A23 = new A23()',
      'const e23: A23 = c23'
    ],
    ['TS2741']
  ],
  [
    'a class with the name of another package',
    [
      'class URL { own = 1 }',
      'const a24 = new globalThis.URL("http://x"); const b24 = new URL()',
      'b24.own; a24.own'
    ],
    ['TS2339']
  ],
  [
    'a class inside of a function',
    [
      'class A25 { a = 1 }',
      'function f25() { class A25 { b = 1 } return new A25() }\nconst b25 = f25(); const c25: A25 = new A25()',
      'b25.b; b25.a'
    ],
    ['TS2339']
  ],
  [
    'a variable that was narrowed',
    [
      'class A26 { n = 1 }\nconst a26 = [new A26()].at(0)\nif (a26 === undefined) throw 1\nconst b26 = a26',
      'b26.n; a26.n'
    ],
    ['TS18048']
  ],
  [
    'a variable narrowed by a condition',
    [
      'class A27 { n = 1 }\nconst a27 = [new A27()].at(0)\nconst has27 = a27 !== undefined\nif (!has27) throw 1\nconst b27 = a27',
      'b27.n; a27.n'
    ],
    ['TS18048']
  ],
  [
    'a union that does not widen',
    [
      'interface A28 { n: 1 }\nconst a28 = Math.random() > 2 ? "x" : "y"; const o28: A28 = { n: 1 }',
      'let b28 = a28; b28 = "z"; o28.n = 2'
    ],
    ['TS2322']
  ],
  [
    'a property of a function',
    ['class A29 {}\nfunction f29(a: A29) {}\nf29.limit = 5', 'f29.limit = "x"'],
    ['TS2322']
  ],
  [
    'a property of an arrow',
    ['class A30 {}\nconst f30 = (a: A30) => a\nf30.limit = 5', 'f30.limit = "x"'],
    ['TS2322']
  ],
  ['a let of a class', ['class A31 { n = 1 }', 'let a31 = new A31()', 'a31 = { n: "x" }'], ['TS2322']],
  ['a const of a class', ['class A32 { n = 1 }', 'const a32 = new A32()', 'a32 = new A32()'], ['TS2632']],
  ['the class itself', ['class A33 {}', 'A33 = 1'], ['TS2632']],
  [
    'what is awaited',
    ['class A34 { n = 1 }', 'const a34 = await Promise.resolve(new A34())', 'const s34: string = a34.n'],
    ['TS2322']
  ],
  [
    'what is taken apart',
    [
      'class A35 { n = 1; m = "x" }',
      'const { n: n35, ...r35 } = new A35()',
      'const s35: string = n35; r35.n'
    ],
    ['TS2322', 'TS2339']
  ],
  [
    'an import',
    [
      'import { Socket as S36 } from "node:net"',
      'class A36 extends S36 { own = 1 }',
      'const s36: string = new A36().own; new A36().nothing'
    ],
    ['TS2322', 'TS2339']
  ],
  [
    'types of an import',
    [
      'import { type Stats, statSync as s37 } from "node:fs"',
      'interface A37 { stats: Stats }\nconst a37: A37 = { stats: s37(".") }',
      'const n37: number = a37.stats.mtime'
    ],
    ['TS2322']
  ],
  [
    'a namespace',
    [
      'namespace A38 { export interface B { n: number } export const c = 1 }',
      'const b38: A38.B = { n: "x" }; const n38: 2 = A38.c'
    ],
    ['TS2322', 'TS2322']
  ],
  [
    'a class with an interface',
    ['class A39 { a = 1 }\ninterface A39 { b?: string }', 'const a39 = new A39()', 'a39.b = 1'],
    ['TS2322']
  ],
  [
    'a list without a type',
    [
      'class A40 {}\nconst a40 = []; let b40',
      'a40.push(new A40()); b40 = 1; b40.x',
      'const n40: number = a40.x'
    ],
    ['TS2339']
  ],
  [
    'an exported declaration',
    [
      'export interface A41 { n: number }\nexport class B41 implements A41 { n = 1 }',
      'const s41: string = new B41().n'
    ],
    ['TS2322']
  ],
  [
    'a function of a type parameter of its own',
    [
      'interface A42 { n: number }\nconst f42 = <T extends A42>(t: T) => t',
      'const s42: string = f42({ n: 1, m: 2 }).m; f42({})'
    ],
    ['TS2322', 'TS2741']
  ],
  [
    'a class made by a function',
    [
      'const mix43 = <T extends new (...a: any[]) => object>(t: T) => class extends t { own = 1 }',
      'class A43 extends mix43(Object) { more = 2 }',
      'const s43: string = new A43().own'
    ],
    ['TS2322']
  ],
  [
    'a satisfied type',
    ['interface A44 { [k: string]: number }\nconst a44 = { x: 1 } satisfies A44', 'a44.y'],
    ['TS2339']
  ],
  [
    'a value that is read only',
    [
      'interface A45 { readonly n: number }\nconst a45 = Object.freeze({ inner: { n: 1 } as A45 })',
      'a45.inner.n = 2; a45.inner = { n: 3 }'
    ],
    ['TS2540', 'TS2540']
  ]
];
