// What git must know: journals and signatures are bytes that no line ending and no merge may touch, notebooks are merged cell by cell
// by our own driver. git ignores a driver that a clone does not configure, so this is safe for everybody.

/** Lines of .gitattributes. */
export const GIT_ATTRIBUTES: readonly string[] = [
  '# Runbooks: merged cell by cell in a clone where launchbook init was run, compared so where nbdime is installed, as text elsewhere.',
  '*.ipynb text eol=lf diff=jupyternotebook merge=launchbook',
  '# The record of a run: never merged, never converted, every byte counts.',
  '*.journal.jsonl -text -merge',
  '*.token -text -merge',
  'runs/**/*.ipynb -text -merge'
];

/** Lines of .gitignore. */
export const GIT_IGNORE: readonly string[] = [
  '# Launchbook: scratch journals, locks, whole outputs of long cells.',
  '.launchbook/',
  '.ipynb_checkpoints/',
  '*.journal.jsonl.lock*',
  '*.outputs/',
  '# What is installed, and what holds secrets.',
  '.venv/',
  'node_modules/',
  '.env'
];

/** nbdime_config.json, which nbdime reads from the folder that git calls it in: the repository's. */
export const NBDIME_CONFIG = {
  Diff: {
    Ignore: {
      '/metadata': ['language_info', 'widgets'],
      '/cells/*': ['execution_count'],
      '/cells/*/metadata': ['execution', 'launchbook', 'ExecuteTime', 'collapsed', 'scrolled']
    }
  }
};

/** A setting of git, for this clone alone. */
export type GitSetting = readonly [name: string, value: string];

/** What `nbdime config-git --enable` sets for differences. */
export const NBDIME_GIT_SETTINGS: readonly GitSetting[] = [
  ['diff.jupyternotebook.command', 'git-nbdiffdriver diff']
];

/**
 * Our merge driver. git takes a driver that cannot be started for a conflict without markers, so where the command is gone the files
 * are merged as text.
 *
 * @param command - Program and arguments that start `launchbook`; all of them files, or one word on the PATH.
 */
export function mergeSettings(command: readonly string[]): readonly GitSetting[] {
  const words = command.map(wordOf);
  const [program, ...files] = words;
  const test = [`command -v ${program} >/dev/null`, ...files.map(file => `test -f ${file}`)].join(' && ');
  const asText = 'git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B';
  const driver = `if ${test}; then ${words.join(' ')} merge %O %A %B %L %P; else ${asText}; fi`;
  return [
    ['merge.launchbook.name', 'notebooks cell by cell'],
    ['merge.launchbook.driver', driver]
  ];
}

/** A word of a shell, in which git replaces what begins with a percent sign. */
function wordOf(text: string): string {
  return /^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''").replaceAll('%', '%%')}'`;
}
