// git would keep other bytes than those of the archive.
import { LaunchbookError } from '../../contract/base/error.js';

/**
 * Thrown when a filter or a conversion of line endings changes files of the archive on their way into git, for example one that takes
 * outputs out of notebooks: the archive would be without them. Code `archive.changed_by_git`. Nothing was committed.
 */
export class ChangedByGitError extends LaunchbookError {
  constructor(doing: string, paths: readonly string[]) {
    const list = paths.map(path => `  - ${path}`).join('\n');
    super(
      `${doing}: git would keep other bytes than those that were written, because a filter or a conversion changes them:\n${list}`,
      {
        code: 'archive.changed_by_git',
        hint: `Nothing was committed. \`launchbook init\` writes what git must know; a filter is switched off for runs by a line in .gitattributes: runs/** -filter -text. \`git check-attr -a ${paths[0] ?? ''}\` shows what counts.`,
        fields: { paths: [...paths] }
      }
    );
  }
}
