// Magic words of other kernels at the beginning of a cell. A cell that begins with one does not run: what its author expects would
// not happen. Each is answered with what does the same here.
import type { Fault, Node } from '../../../record/source/parse.js';

/** A magic word, as a fault with its code. */
export interface ForeignMagic {
  readonly code: string;
  readonly fault: Fault;
}

/** Finds the first one. `comments` are those of the cell; `isFaulty` when it cannot be read as a program. */
export function findForeignMagic(
  code: string,
  comments: readonly Node[],
  isFaulty: boolean
): ForeignMagic | null {
  const percent = /^\s*(%%?[A-Za-z]\w*)/.exec(code);
  if (percent !== null) {
    const name = percent[1]!;
    return magicAt(
      code.indexOf('%'),
      name,
      'cell.magic',
      `There are no magics such as ${name} in this kernel. ${PERCENT}`
    );
  }
  const command = /^\s*!\s*([a-z][\w./-]*[ \t]+\S[^\n]*)/.exec(code)?.[1]?.trim();
  // `!ls -la` could be read as a difference.
  if (command !== undefined && (isFaulty || / -{1,2}[a-z][\w-]*$/i.test(command))) {
    const message = `A command is run by the helper $: await $\`${command}\``;
    return magicAt(code.indexOf('!'), `!${command}`, 'cell.magic', message);
  }
  for (const comment of leadingDocComments(code, comments)) {
    for (const { pattern, name, message } of TSLAB) {
      const found = pattern.exec(code.slice(comment.start, comment.end));
      if (found !== null) {
        return magicAt(comment.start + found.index, found[0].trim(), name, message(found[1] ?? ''));
      }
    }
  }
  return null;
}

const PERCENT =
  'Write it in TypeScript: HTML with tslab.display.html() of the module "tslab", a command with await $`…`, a time with performance.now().';

const TSLAB = [
  {
    pattern: /@module[ \t]+([\w/-]+)/,
    name: 'cell.module',
    message: (name: string) =>
      `Cells that are modules (@module of tslab) are not supported. Save the text of the cell as ${name}.ts beside the notebook: ` +
      `import from './${name}' works as before, and the file is imported again whenever it has changed.`
  },
  {
    pattern: /@browser\b/,
    name: 'cell.browser',
    message: () =>
      'Cells for the browser (@browser of tslab) are not supported. Show HTML with tslab.display.html(), or JavaScript with ' +
      'tslab.display.javascript(), of the module "tslab".'
  }
];

// tslab reads them before the first statement alone.
function leadingDocComments(code: string, comments: readonly Node[]): Node[] {
  const first = comments.findIndex(
    (comment, index) => code.slice(comments[index - 1]?.end ?? 0, comment.start).trim() !== ''
  );
  const leading = first === -1 ? comments : comments.slice(0, first);
  return leading.filter(comment => code.startsWith('/**', comment.start));
}

function magicAt(start: number, text: string, code: string, message: string): ForeignMagic {
  return { code, fault: { message, start, end: start + text.length } };
}
