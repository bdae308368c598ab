// The grammar of bash, as shfmt has it (sh-syntax, WebAssembly): where statements begin and end, their comments and redirections.
// The module is compiled once; each text gets an instance of its own, because one that has failed cannot be used again.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Comment, File } from 'sh-syntax';

/** A statement of a script. Offsets are UTF-16 code units. */
export interface Statement {
  /** Without comments behind it; with the bodies of its here-documents. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly isBackground: boolean;
  readonly isNegated: boolean;
  readonly redirections: readonly Redirection[];
}

/** One redirection of a statement, with offsets within its text. */
export interface Redirection {
  readonly operator: string;
  readonly start: number;
  /** Behind its word. */
  readonly end: number;
  /** The word as it is written: `EOF`, `'EOF'`, `out.txt`. */
  readonly word: string;
  /** Of a here-document. */
  readonly body: string | null;
}

/** A comment. */
export interface ShellComment {
  readonly start: number;
  readonly end: number;
  /** Without the `#`. */
  readonly text: string;
  /** Something stands before it in its line. */
  readonly isBehind: boolean;
}

/** A script that was read, or why it could not be. */
export type Script =
  | { readonly statements: readonly Statement[]; readonly comments: readonly ShellComment[] }
  | { readonly fault: string; readonly line: number };

/** Reads a script; the same text is read once. */
export async function readScript(text: string): Promise<Script> {
  const found = known.get(text) ?? (await readAnew(text));
  if (known.size < MOST_KNOWN) {
    known.set(text, found);
  }
  return found;
}

const known = new Map<string, Script>();
const MOST_KNOWN = 2000;

async function readAnew(text: string): Promise<Script> {
  try {
    const file = await (await parser())(text);
    const at = offsetsOf(text);
    const last = (file as { readonly Last?: readonly Comment[] }).Last ?? [];
    const comments = [...file.Stmts.flatMap(({ Comments }) => Comments), ...last].map(
      (comment): ShellComment => {
        const [start, end] = [at(comment.Pos.Offset), at(comment.End.Offset)];
        const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
        return { start, end, text: text.slice(start + 1, end), isBehind: start > 0 && before.trim() !== '' };
      }
    );
    const statements = file.Stmts.map((statement): Statement => {
      const start = at(statement.Pos.Offset);
      const ends = [statement.End.Offset, ...statement.Redirs.map(({ Hdoc }) => Hdoc?.End.Offset ?? 0)];
      const end = at(Math.max(...ends));
      return {
        text: text.slice(start, end),
        start,
        end,
        isBackground: statement.Background || statement.Coprocess,
        isNegated: statement.Negated,
        redirections: statement.Redirs.map(({ Op, OpPos, Word, Hdoc }) => ({
          operator: Op,
          start: at(OpPos.Offset) - start,
          end: at(Word.End.Offset) - start,
          word: text.slice(at(Word.Pos.Offset), at(Word.End.Offset)),
          body: Hdoc === null ? null : text.slice(at(Hdoc.Pos.Offset), at(Hdoc.End.Offset))
        }))
      };
    });
    return { statements, comments: comments.sort((a, b) => a.start - b.start) };
  } catch (error) {
    const { Text, message, Pos } = error as { Text?: string; message?: string; Pos?: { Line?: number } };
    return { fault: Text ?? message ?? 'it cannot be read', line: Pos?.Line ?? 1 };
  }
}

/** The part of it that is used; the compiler knows no browser here. */
const { WebAssembly } = globalThis as unknown as {
  readonly WebAssembly: {
    readonly Module: new (bytes: Uint8Array) => object;
    readonly Instance: new (module: object, imports: unknown) => object;
  };
};

type Parse = (text: string) => Promise<File>;

let loaded: Promise<Parse> | null = null;

function parser(): Promise<Parse> {
  return (loaded ??= (async () => {
    const { getProcessor } = await import('sh-syntax');
    const wasm = createRequire(import.meta.url).resolve('sh-syntax/main.wasm');
    const module = new WebAssembly.Module(readFileSync(wasm));
    const read = getProcessor(async (imports: unknown) => new WebAssembly.Instance(module, imports));
    return text => read(text);
  })());
}

/** From bytes of UTF-8 to code units. */
function offsetsOf(text: string): (byte: number) => number {
  if (/^[\0-\x7f]*$/.test(text)) {
    return byte => Math.min(byte, text.length);
  }
  const units: number[] = [];
  let unit = 0;
  for (const sign of text) {
    const bytes = Buffer.byteLength(sign);
    for (let index = 0; index < bytes; index++) {
      units.push(unit);
    }
    unit += sign.length;
  }
  return byte => units[byte] ?? text.length;
}
