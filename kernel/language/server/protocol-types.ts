// The parts of the Language Server Protocol 3.17 that we read. Positions are 0-based, in UTF-16 code units.
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface LspDiagnostic {
  readonly range: Range;
  /** 1 error, 2 warning, 3 information, 4 hint. */
  readonly severity?: number;
  readonly code?: number | string;
  readonly message: string;
}

export interface DiagnosticReport {
  readonly items?: readonly LspDiagnostic[];
}

export interface CompletionItem {
  readonly label: string;
  readonly kind?: number;
  readonly sortText?: string;
  readonly filterText?: string;
  readonly insertText?: string;
  readonly detail?: string;
  readonly textEdit?: { readonly newText: string; readonly range?: Range; readonly replace?: Range };
}

export interface CompletionList {
  readonly items: readonly CompletionItem[];
}

export type Markup = string | { readonly kind?: string; readonly value: string };

export interface Hover {
  readonly contents: Markup | readonly Markup[];
}

export interface SignatureHelp {
  readonly activeSignature?: number;
  readonly signatures: readonly { readonly label: string; readonly documentation?: Markup }[];
}

/** The line and column of an offset. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const line = before.split('\n').length - 1;
  return { line, character: before.length - (before.lastIndexOf('\n') + 1) };
}

/** The offset of a line and column. */
export function offsetAt(text: string, position: Position): number {
  let start = 0;
  for (let line = 0; line < position.line; line += 1) {
    const next = text.indexOf('\n', start);
    if (next === -1) {
      return text.length;
    }
    start = next + 1;
  }
  return start + position.character;
}
