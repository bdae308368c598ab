// What git must know: journals and signatures are bytes that no line ending and no merge may touch, notebooks have a merge of
// their own where nbdime is installed. A driver that a clone does not configure is passed over by git, so this is safe for everybody.

/** Lines of .gitattributes. */
export const GIT_ATTRIBUTES: readonly string[] = [
  '# Runbooks: compared and merged cell by cell where nbdime is installed, as text elsewhere.',
  '*.ipynb text eol=lf diff=jupyternotebook merge=jupyternotebook',
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
  '*.outputs/'
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

/** What `nbdime config-git --enable` sets, for this repository alone. */
export const NBDIME_GIT_SETTINGS: readonly (readonly [name: string, value: string])[] = [
  ['diff.jupyternotebook.command', 'git-nbdiffdriver diff'],
  ['merge.jupyternotebook.driver', 'git-nbmergedriver merge %O %A %B %L %P'],
  ['merge.jupyternotebook.name', 'jupyter notebook merge driver']
];
