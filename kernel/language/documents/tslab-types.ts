// The types of the module "tslab", which kernel/executor/tslab-module.ts provides to notebooks written for that kernel.

/** The text of a document that declares the module. */
export const TSLAB_TYPES = `declare module "tslab" {
  /** Shows rich contents. */
  export interface Display {
    /** Runs JavaScript in the page. */
    javascript(s: string): void;
    html(s: string): void;
    markdown(s: string): void;
    latex(s: string): void;
    svg(s: string): void;
    png(b: Uint8Array): void;
    jpeg(b: Uint8Array): void;
    gif(b: Uint8Array): void;
    pdf(b: Uint8Array): void;
    text(s: string): void;
    /** Shows a content of any MIME type: text, or bytes that are sent as base 64. */
    raw(contentType: string, b: string | Uint8Array): any;
  }
  /** Shows contents below the cell, one after the other. */
  export const display: Display;
  /** A display whose contents replace one another. */
  export function newDisplay(): Display;
  /** The version of tslab that this module is compatible with, and those of TypeScript and Node.js. */
  export const versions: { tslab: string; typescript: string; node: string };
}
`;
