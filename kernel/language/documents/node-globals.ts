// The types of what Node has and the types of Node do not name: they leave it to the browser's library, which cells do not have.

/** The text of a document that declares them. */
export const NODE_GLOBALS = `declare namespace WebAssembly {
  type ImportExportKind = "function" | "global" | "memory" | "table" | "tag";
  type ImportValue = Function | Global | Memory | Table | number | bigint;
  type Imports = Record<string, Record<string, ImportValue>>;
  type Source = ArrayBuffer | ArrayBufferView;
  class Module {
    constructor(bytes: Source);
    static customSections(module: Module, name: string): ArrayBuffer[];
    static exports(module: Module): { name: string; kind: ImportExportKind }[];
    static imports(module: Module): { module: string; name: string; kind: ImportExportKind }[];
  }
  class Instance {
    constructor(module: Module, imports?: Imports);
    readonly exports: Record<string, any>;
  }
  class Memory {
    constructor(descriptor: { initial: number; maximum?: number; shared?: boolean });
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }
  class Table {
    constructor(descriptor: { element: "anyfunc" | "externref"; initial: number; maximum?: number }, value?: any);
    readonly length: number;
    get(index: number): any;
    grow(by: number, value?: any): number;
    set(index: number, value?: any): void;
  }
  class Global<T = any> {
    constructor(descriptor: { value: "i32" | "i64" | "f32" | "f64" | "externref" | "anyfunc"; mutable?: boolean }, value?: T);
    value: T;
    valueOf(): T;
  }
  class CompileError extends Error {}
  class LinkError extends Error {}
  class RuntimeError extends Error {}
  function compile(bytes: Source): Promise<Module>;
  function compileStreaming(source: Response | PromiseLike<Response>): Promise<Module>;
  function instantiate(module: Module, imports?: Imports): Promise<Instance>;
  function instantiate(bytes: Source, imports?: Imports): Promise<{ module: Module; instance: Instance }>;
  function instantiateStreaming(source: Response | PromiseLike<Response>, imports?: Imports): Promise<{ module: Module; instance: Instance }>;
  function validate(bytes: Source): boolean;
}
declare var Performance: { readonly prototype: typeof performance };
`;
