// Three-way merges of texts by git itself, so that a conflict in a cell is what a person knows from any other file.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askGit, GitError } from '../git/git.js';

/** A merged text. With conflicts it holds both sides between markers. */
export interface MergedText {
  readonly text: string;
  readonly hasConflict: boolean;
}

/** How git writes a conflict. */
export interface MarkerStyle {
  /** Characters of a marker; git says how many, so that markers in the text are no conflict. */
  readonly size: number;
}

/** Names of the sides beside the markers. */
export const SIDES = { ours: 'ours', theirs: 'theirs' } as const;

/** Merges what `ours` and `theirs` made of `base`. @throws GitError when git cannot. */
export async function mergeText(
  { base, ours, theirs }: { readonly base: string; readonly ours: string; readonly theirs: string },
  style: MarkerStyle
): Promise<MergedText> {
  if (ours === theirs || base === theirs) {
    return { text: ours, hasConflict: false };
  }
  if (base === ours) {
    return { text: theirs, hasConflict: false };
  }
  const folder = mkdtempSync(join(tmpdir(), 'launchbook-merge-'));
  try {
    // A last line without a line feed would be another line than the same one with it.
    const place = (name: string, text: string): string => {
      writeFileSync(join(folder, name), `${text}\n`);
      return name;
    };
    const files = [place('ours', ours), place('base', base), place('theirs', theirs)];
    const labels = [SIDES.ours, 'base', SIDES.theirs].flatMap(label => ['-L', label]);
    const args = ['merge-file', '--stdout', `--marker-size=${style.size}`, ...labels, ...files];
    const answer = await askGit(folder, args);
    if (answer.code === null || answer.code > 127) {
      throw new GitError(folder, args, answer);
    }
    return { text: answer.stdout.replace(/\n$/, ''), hasConflict: answer.code > 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A text that one side has changed and the other one has deleted. */
export function deletedText(text: string, deletedBy: keyof typeof SIDES, style: MarkerStyle): string {
  const mark = (sign: string, label: string): string => `${sign.repeat(style.size)}${label && ` ${label}`}`;
  const [first, second] = deletedBy === 'ours' ? [[], [text]] : [[text], []];
  return [
    mark('<', `ours${deletedBy === 'ours' ? ' (deleted)' : ''}`),
    ...first,
    mark('=', ''),
    ...second,
    mark('>', `theirs${deletedBy === 'theirs' ? ' (deleted)' : ''}`)
  ].join('\n');
}
