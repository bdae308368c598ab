// Where a template comes from: its path in the git repository and the commit that the copy was made from.
import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { basename, dirname, relative, sep } from 'node:path';

/** `commit` is null when the template is not in git, or differs from what is committed (`isChanged`). */
export interface TemplateOrigin {
  readonly path: string;
  readonly commit: string | null;
  readonly isChanged: boolean;
}

/** Asks git; a machine without git and a folder outside of any repository are both answered with "not in git". */
export function originOf(template: string): TemplateOrigin {
  const file = realpathSync(template);
  const folder = dirname(file);
  const root = git(folder, 'rev-parse', '--show-toplevel');
  if (root === null) {
    return { path: basename(file), commit: null, isChanged: false };
  }
  const path = relative(realpathSync(root), file).split(sep).join('/');
  const isTracked = git(folder, 'ls-files', '--error-unmatch', '--', basename(file)) !== null;
  const isChanged = isTracked && git(folder, 'status', '--porcelain', '--', basename(file)) !== '';
  return { path, commit: isTracked && !isChanged ? git(folder, 'rev-parse', 'HEAD') : null, isChanged };
}

/** The name under which the person commits, or null. */
export function committerName(folder: string): string | null {
  return git(folder, 'config', 'user.name') || null;
}

function git(folder: string, ...args: string[]): string | null {
  const result = spawnSync('git', args, { cwd: folder, encoding: 'utf8' });
  return result.status === 0 ? result.stdout.trim() : null;
}
